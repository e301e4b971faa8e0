import { posix, win32 } from 'node:path';

/**
 * Where this account keeps the settings of programs, by the customs of its system. A variable that holds no
 * absolute path is not followed.
 */
export function configFolder(
  environment: Readonly<Record<string, string | undefined>>,
  platform: string,
  home: string,
): string {
  if (platform === 'win32') {
    const roaming = environment['APPDATA'];
    return win32.join(
      roaming !== undefined && win32.isAbsolute(roaming) ? roaming : win32.join(home, 'AppData', 'Roaming'),
      'Userferry',
    );
  }
  const own = environment['XDG_CONFIG_HOME'];
  if (own !== undefined && posix.isAbsolute(own)) return posix.join(own, 'userferry');
  return platform === 'darwin'
    ? posix.join(home, 'Library', 'Application Support', 'Userferry')
    : posix.join(home, '.config', 'userferry');
}
