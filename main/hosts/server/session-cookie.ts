import type { IncomingMessage } from 'node:http';

/**
 * Cookies do not know ports: two servers on one machine would overwrite each other's. The name holds the port
 * that the browser sees, which is another one behind a tunnel.
 */
function nameFor(origin: string): string {
  const { port, protocol } = new URL(origin);
  return `userferry-${port === '' ? (protocol === 'https:' ? '443' : '80') : port}`;
}

export function sessionCookie(origin: string, session: string): string {
  const secure = origin.startsWith('https:') ? '; Secure' : '';
  return `${nameFor(origin)}=${session}; Path=/; HttpOnly; SameSite=Strict${secure}`;
}

/** Every value under the cookie's name: another server on this machine can set one of the same name. */
export function sessionsOf(request: IncomingMessage, origin: string): readonly string[] {
  const start = `${nameFor(origin)}=`;
  return (request.headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(start))
    .map((pair) => pair.slice(start.length));
}
