import type { IncomingMessage, ServerResponse } from 'node:http';
import { contentSecurityPolicy } from '#hosts/csp.ts';
import { isNavigation } from '#hosts/server/addresses.ts';

/** Sent with everything. @param origin of our own pages, or null where nobody of ours is asking */
export function securityHeaders(origin: string | null): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(origin === null ? [] : [origin.replace(/^http/, 'ws')]),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
    'Cache-Control': 'no-store',
  };
}

/** What people read when something is refused. None of it repeats anything of the request. */
const REFUSALS = {
  'bad-request': [400, 'This request cannot be read', 'Open the link that Userferry printed.'],
  'signed-out': [
    401,
    'This browser is not signed in',
    'Open the link that Userferry printed. Each link works once; press Enter in the terminal where Userferry runs for a new one.',
  ],
  'used-link': [
    401,
    'This link was used already, or is too old',
    'Each link works once and for a short time. Press Enter in the terminal where Userferry runs for a new one.',
  ],
  'foreign-origin': [403, 'Another page may not ask this server', 'Open the link that Userferry printed.'],
  'not-found': [404, 'There is no such page', 'Go to the start page.'],
  method: [405, 'Only GET and HEAD are answered here', 'Open the link that Userferry printed.'],
  'host-unknown': [
    421,
    'This server does not know the address it was reached under',
    'Behind a tunnel or a proxy, start Userferry with --forwarded-port or --origin.',
  ],
  prefetch: [503, 'Links are not opened in advance', 'Open the link itself.'],
} as const satisfies Record<string, readonly [status: number, title: string, help: string]>;

export type RefusalName = keyof typeof REFUSALS;

export function refuse(request: IncomingMessage, response: ServerResponse, name: RefusalName): void {
  const [status, title, help] = REFUSALS[name];
  const html = isNavigation(request);
  response.writeHead(status, {
    ...securityHeaders(null),
    'Content-Type': html ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8',
    ...(status === 405 ? { Allow: 'GET, HEAD' } : {}),
    // What is left of a request that is not read must not be taken for the next one.
    Connection: 'close',
  });
  response.end(html ? page(title, help) : `${title}. ${help}\n`);
}

function page(title: string, help: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>Userferry: ${title}</title>
<style>body { font: 1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 15vh auto; padding: 0 1rem }</style>
<h1>${title}</h1>
<p>${help}</p>
`;
}

/**
 * A page that goes on to another one of ours by itself. A browser that follows a link from somebody else's page
 * does not send the cookie it has, not even after a redirect; from here it does.
 */
export function goOn(response: ServerResponse, to: string): void {
  response.writeHead(200, { ...securityHeaders(null), 'Content-Type': 'text/html; charset=utf-8' });
  response.end(
    `<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<link rel="icon" href="data:,">\n<title>Userferry</title>\n<meta http-equiv="refresh" content="0;url=${to}">\n`,
  );
}
