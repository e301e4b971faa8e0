import { describe, expect, it } from 'vitest';
import { openers, whyNoBrowser } from '#hosts/server/open-browser.ts';

const LINK = 'http://127.0.0.1:1/login?token=abc';

describe('a browser', () => {
  it('is opened only where somebody would see it', () => {
    expect({
      screen: whyNoBrowser({ DISPLAY: ':0' }, 'linux'),
      wayland: whyNoBrowser({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux'),
      none: whyNoBrowser({}, 'linux'),
      mac: whyNoBrowser({}, 'darwin'),
      windows: whyNoBrowser({}, 'win32'),
      remote: whyNoBrowser({ DISPLAY: 'localhost:10.0', SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22' }, 'linux'),
      build: whyNoBrowser({ CI: 'true' }, 'darwin'),
    }).toEqual({
      screen: null,
      wayland: null,
      none: 'there is no display',
      mac: null,
      windows: null,
      remote: 'this is a remote session',
      build: 'this is a build server',
    });
  });

  it('is the system’s own, where that is one program', () => {
    expect([
      openers(LINK, {}, 'darwin'),
      openers(LINK, {}, 'win32'),
      openers(LINK, { PATH: '' }, 'linux'),
    ]).toEqual([[['open', LINK]], [['cmd', '/c', 'start', '', LINK]], []]);
  });
});
