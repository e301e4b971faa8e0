import { expect, it } from 'vitest';
import { browserEnvironment } from '#hosts/server/open-browser.ts';

it('a browser gets what finds its screen and its profile, and no password of a database', () => {
  const wanted = {
    PATH: '/usr/bin',
    HOME: '/home/anna',
    DISPLAY: ':0',
    WAYLAND_DISPLAY: 'wayland-0',
    XDG_RUNTIME_DIR: '/run/user/1000',
    DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/user/1000/bus',
    LC_ALL: 'de_DE.UTF-8',
    SystemRoot: 'C:\\Windows',
    LOCALAPPDATA: 'C:\\Users\\anna\\AppData\\Local',
    'ProgramFiles(x86)': 'C:\\Program Files (x86)',
  };
  const ours = {
    DB_PASSWORD: 'canary',
    LEGACY_PEPPER: 'canary',
    AWS_SECRET_ACCESS_KEY: 'canary',
    NODE_OPTIONS: '--import=x',
    HOMEWORK: 'x',
  };
  expect(browserEnvironment({ ...wanted, ...ours })).toEqual(wanted);
});
