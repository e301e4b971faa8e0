import { expect, it } from 'vitest';
import { configFolder } from '#hosts/config-folder.ts';

it("follows each system's custom, and a variable only where it is an absolute path", () => {
  expect([
    configFolder({}, 'linux', '/home/ana'),
    configFolder({ XDG_CONFIG_HOME: '/etc/ana' }, 'linux', '/home/ana'),
    configFolder({ XDG_CONFIG_HOME: 'here' }, 'linux', '/home/ana'),
    configFolder({}, 'darwin', '/Users/ana'),
    configFolder({ APPDATA: 'C:\\Users\\ana\\Roaming' }, 'win32', 'C:\\Users\\ana'),
    configFolder({}, 'win32', 'C:\\Users\\ana'),
  ]).toEqual([
    '/home/ana/.config/userferry',
    '/etc/ana/userferry',
    '/home/ana/.config/userferry',
    '/Users/ana/Library/Application Support/Userferry',
    'C:\\Users\\ana\\Roaming\\Userferry',
    'C:\\Users\\ana\\AppData\\Roaming\\Userferry',
  ]);
});
