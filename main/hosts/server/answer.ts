import type { IncomingMessage, ServerResponse } from 'node:http';
import { SESSION_PATH } from '#contract/transport.ts';
import type { Access } from '#hosts/server/access.ts';
import { type Addresses, isNavigation, originOf, refusalOf } from '#hosts/server/addresses.ts';
import type { RendererFiles } from '#hosts/server/renderer-files.ts';
import { goOn, refuse, securityHeaders } from '#hosts/server/replies.ts';
import { sessionCookie, sessionsOf } from '#hosts/server/session-cookie.ts';

export const LOGIN_PATH = '/login';

/** Between somebody else's page and ours. It has a path of its own: going on to the same one would be no step. */
const DOORSTEP_PATH = '/doorstep';

export interface Site {
  readonly addresses: Addresses;
  readonly access: Access;
  readonly files: RendererFiles;
  /** Where a browser goes once it is signed in, from `/` on. */
  readonly startAt: string;
}

/** Plain paths only: whoever needs escapes or dots in one is not looking for a file of ours. */
const PLAIN_PATH = /^(?:\/[\w-][\w.-]*)*\/?$/;

/** Answers one request, in this order: where from, how, who, what. */
export async function answer(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const refusal = refusalOf(request, site.addresses);
  if (refusal !== null) {
    refuse(request, response, refusal === 'host-unclear' ? 'bad-request' : refusal);
    return;
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    refuse(request, response, 'method');
    return;
  }
  const [path = '', query = ''] = (request.url ?? '').split('?', 2);
  if (!PLAIN_PATH.test(path)) {
    refuse(request, response, path.startsWith('/') ? 'not-found' : 'bad-request');
    return;
  }
  if (path === LOGIN_PATH) signIn(site, request, response, query);
  else if (path === SESSION_PATH) tellSession(site, request, response);
  else if (path === DOORSTEP_PATH) goOn(response, LOGIN_PATH);
  else if (isSignedIn(site, request)) await sendFile(site, request, response, path);
  else if (path === '/' && comesFromElsewhere(request)) redirect(response, DOORSTEP_PATH);
  else refuse(request, response, 'signed-out');
}

export function isSignedIn({ access, addresses }: Site, request: IncomingMessage): boolean {
  return sessionsOf(request, originOf(request, addresses)).some((one) => access.admits(one));
}

function signIn(site: Site, request: IncomingMessage, response: ServerResponse, query: string): void {
  // A browser that looks ahead must not use the link up.
  if (/prefetch|prerender/.test(String(request.headers['sec-purpose'] ?? request.headers['purpose'] ?? ''))) {
    refuse(request, response, 'prefetch');
    return;
  }
  if (request.method !== 'GET') {
    refuse(request, response, 'method');
    return;
  }
  const next = comesFromElsewhere(request) ? DOORSTEP_PATH : site.startAt;
  if (isSignedIn(site, request)) {
    redirect(response, next);
    return;
  }
  const token = new URLSearchParams(query).get('token') ?? '';
  const session = site.access.signIn(token);
  if (session === null) {
    refuse(request, response, token === '' ? 'signed-out' : 'used-link');
    return;
  }
  const cookie = sessionCookie(originOf(request, site.addresses), session);
  redirect(response, next, { 'Set-Cookie': cookie });
}

/** A link on a page of somebody else's, whose navigation is let in without the cookie. */
function comesFromElsewhere(request: IncomingMessage): boolean {
  const from = request.headers['sec-fetch-site'];
  return from === 'cross-site' || from === 'same-site';
}

function redirect(
  response: ServerResponse,
  to: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(303, { ...securityHeaders(null), Location: to, ...headers }).end();
}

function tellSession(site: Site, request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(isSignedIn(site, request) ? 204 : 401, securityHeaders(null)).end();
}

async function sendFile(
  site: Site,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  const file = await site.files(path);
  if (file === null) {
    // Addresses of the app are behind the `#`: there is one page, and its parts are found from where it is.
    if (isNavigation(request) && !/\.\w+$/.test(path)) redirect(response, '/');
    else refuse(request, response, 'not-found');
    return;
  }
  response.writeHead(200, {
    ...securityHeaders(originOf(request, site.addresses)),
    'Content-Type': file.type,
    'Content-Length': file.body.length,
  });
  response.end(request.method === 'HEAD' ? undefined : file.body);
}
