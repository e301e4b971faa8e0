import { readFile } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import { protocol } from 'electron';
import { HOST, SCHEME } from '#hosts/electron/app-origin.ts';
import { contentSecurityPolicy } from '#hosts/csp.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

const HEADERS = {
  'Content-Security-Policy': contentSecurityPolicy(),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
} as const;

/** Must run before the app is ready. The scheme may do what https may, and no more. */
export function registerAppScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }]);
}

/** Serves the built renderer, from its folder only. */
export function serveRenderer(folder: string): void {
  const root = resolve(folder);
  protocol.handle(SCHEME, (request) => answer(root, request));
}

async function answer(root: string, request: Pick<Request, 'method' | 'url'>): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405);
  const url = URL.parse(request.url);
  if (url === null || url.host !== HOST) return refusal(404);
  const file = fileFor(root, url.pathname);
  if (file === null) return refusal(403);
  const type = TYPES[extname(file).toLowerCase()];
  if (type === undefined) return refusal(404);
  try {
    const body = await readFile(file);
    return new Response(request.method === 'HEAD' ? null : new Uint8Array(body), {
      headers: { ...HEADERS, 'Content-Type': type },
    });
  } catch {
    return refusal(404);
  }
}

/** Null for whatever leads out of the folder, in any spelling. */
function fileFor(root: string, pathname: string): string | null {
  let path: string;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  if (path.includes('\0') || path.includes('\\')) return null;
  const file = resolve(join(root, path === '/' ? 'index.html' : path));
  return file.startsWith(root + sep) ? file : null;
}

function refusal(status: number): Response {
  return new Response(null, { status, headers: HEADERS });
}
