import type { IncomingMessage } from 'node:http';

/** The addresses that this server answers to: value of the Host header, and the origin of pages from there. */
export type Addresses = ReadonlyMap<string, string>;

/**
 * @param port that the server listens on
 * @param forwardedPorts ports of other machines that are forwarded to it
 * @param origins further origins that lead to it, as browsers write them
 */
export function addressesOf(
  port: number,
  forwardedPorts: readonly number[],
  origins: readonly string[],
): Addresses {
  const local = [port, ...forwardedPorts].flatMap((one) => [
    `http://127.0.0.1:${one}`,
    `http://localhost:${one}`,
  ]);
  return new Map([...local, ...origins].map((origin) => [new URL(origin).host, new URL(origin).origin]));
}

export type Refusal = 'host-unclear' | 'host-unknown' | 'foreign-origin';

/**
 * Whether a request comes from where this server's own pages come from. A page of somebody else's whose name was
 * made to lead to this machine sends that name as Host; a script of another page sends its Origin, or says
 * through Sec-Fetch-Site that it is another one's.
 */
export function refusalOf(request: IncomingMessage, addresses: Addresses): Refusal | null {
  const { host, origin } = request.headers;
  if (host === undefined || timesGiven(request, 'host') !== 1) return 'host-unclear';
  const own = addresses.get(host.toLowerCase());
  if (own === undefined) return 'host-unknown';
  if (origin !== undefined && origin !== own) return 'foreign-origin';
  const from = request.headers['sec-fetch-site'];
  const elsewhere = from === 'cross-site' || from === 'same-site';
  return elsewhere && !isNavigation(request) ? 'foreign-origin' : null;
}

/** The address bar, a link or a bookmark, and not a part of a page. */
export function isNavigation(request: IncomingMessage): boolean {
  const { 'sec-fetch-mode': mode, 'sec-fetch-dest': dest } = request.headers;
  return mode === 'navigate' && (dest === undefined || dest === 'document');
}

/** The origin that the browser sees this server under. Only for requests that were not refused. */
export function originOf(request: IncomingMessage, addresses: Addresses): string {
  return addresses.get((request.headers.host ?? '').toLowerCase()) ?? '';
}

function timesGiven({ rawHeaders }: IncomingMessage, name: string): number {
  return rawHeaders.filter((text, index) => index % 2 === 0 && text.toLowerCase() === name).length;
}
