import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** A browser that cannot start says so within this time; one that can stays, or hands over to one that runs. */
const SETTLE_MS = 1_500;

/** Why no browser is opened, as a half sentence, or null where one can be. */
export function whyNoBrowser(env: Environment, platform: NodeJS.Platform = process.platform): string | null {
  if (env['CI'] !== undefined) return 'this is a build server';
  if (env['SSH_CONNECTION'] !== undefined) return 'this is a remote session';
  const screen = platform !== 'linux' || env['DISPLAY'] !== undefined || env['WAYLAND_DISPLAY'] !== undefined;
  return screen ? null : 'there is no display';
}

/** Programs of which one is to open a link, the best first: a window of its own where the browser has such. */
export function openers(
  link: string,
  env: Environment,
  platform: NodeJS.Platform = process.platform,
): readonly (readonly [program: string, ...args: string[]])[] {
  if (platform === 'darwin') return [['open', link]];
  if (platform === 'win32') return [['cmd', '/c', 'start', '', link]];
  const found = (name: string) =>
    (env['PATH'] ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, name)));
  return [
    ...['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
      .filter(found)
      .map((name) => [name, `--app=${link}`] as const),
    ...['xdg-open'].filter(found).map((name) => [name, link] as const),
  ];
}

/** Opens a link in the first browser that starts. @returns false when none does */
export async function openBrowser(link: string, env: Environment): Promise<boolean> {
  for (const [program, ...args] of openers(link, env)) {
    if (await starts(program, args, browserEnvironment(env))) return true;
  }
  return false;
}

/** What a browser needs to find its profile, its screen and its language. */
const FOR_BROWSERS =
  /^(?:PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|TZ|TMPDIR|TEMP|TMP|DISPLAY|XAUTHORITY|WAYLAND_DISPLAY|DESKTOP_SESSION|DBUS_SESSION_BUS_ADDRESS|BROWSER|(?:LC|XDG|GTK|QT|KDE|GNOME|GDK)_\w+|SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|PATHEXT|APPDATA|LOCALAPPDATA|PROGRAMDATA|PROGRAMFILES.*|COMMONPROGRAMFILES.*|USERPROFILE|USERNAME|HOMEDRIVE|HOMEPATH|PUBLIC)$/i;

/** The environment without what is there for us: passwords of databases, and secrets of projects. */
export function browserEnvironment(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([name]) => FOR_BROWSERS.test(name)));
}

function starts(program: string, args: readonly string[], env: Environment): Promise<boolean> {
  return new Promise((resolve) => {
    // Of its own group, so that Ctrl-C in the terminal does not close somebody's browser.
    const child = spawn(program, args, { detached: true, stdio: 'ignore', env: { ...env } });
    const settled = setTimeout(() => resolve(true), SETTLE_MS);
    const end = (worked: boolean) => {
      clearTimeout(settled);
      resolve(worked);
    };
    child.once('error', () => end(false));
    child.once('exit', (code) => end(code === 0));
    child.unref();
  });
}
