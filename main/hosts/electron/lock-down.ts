import { app, type Session, shell, type WebContents } from 'electron';
import { isOurs, mayOpenOutside } from '#hosts/electron/app-origin.ts';

/** The one thing a page may ask of the system: to put text on the clipboard. It cannot read from it. */
const GRANTED = 'clipboard-sanitized-write';

/** Every page that this app ever shows stays on our own pages, opens no window and attaches no other page. */
export function guardContents(): void {
  app.on('web-contents-created', (_event, contents) => guard(contents));
}

function guard(contents: WebContents): void {
  const stay = (event: { readonly url: string; preventDefault(): void }): void => {
    if (!isOurs(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (mayOpenOutside(url)) void shell.openExternal(url);
    return { action: 'deny' };
  });
}

/** No device, no download, no permission but one, and not a single request that leaves the app. */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, answer) => {
    answer(permission === GRANTED && isOurs(contents.getURL()));
  });
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => permission === GRANTED && isOurs(origin),
  );
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !staysInside(details.url) }));
}

function staysInside(url: string): boolean {
  // Pictures made by the page itself and the developer tools of an unpackaged app are no traffic.
  return isOurs(url) || ['data:', 'blob:', 'devtools:'].includes(URL.parse(url)?.protocol ?? '');
}
