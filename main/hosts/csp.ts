/**
 * The one content security policy, for the loopback server and for the desktop window. Scripts come from our own
 * files only; inline styles are the component library's, which sets positions and sizes that way.
 */
const DIRECTIVES = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self' 'unsafe-inline'",
  'img-src': "'self' data:",
  'font-src': "'self'",
  'connect-src': "'self'",
  'object-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
} as const;

/** @param connectTo further origins that the page may call: the address of its own WebSocket, where it has one. */
export function contentSecurityPolicy(connectTo: readonly string[] = []): string {
  return Object.entries(DIRECTIVES)
    .map(([name, value]) => [name, value, ...(name === 'connect-src' ? connectTo : [])].join(' '))
    .join('; ');
}
