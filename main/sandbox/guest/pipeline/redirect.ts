/** `api.redirect`: leaving for another page, and the signed token that goes with it (JWT, HS256). */
import { lib } from '../lib/lib.ts';
import type { JsonValue, Recorder } from './recorder.ts';

interface Hmac {
  update(text: string): Hmac;
  digest(encoding: 'base64url'): string;
}
interface Crypto {
  createHmac(algorithm: string, key: string): Hmac;
  timingSafeEqual(one: Uint8Array, other: Uint8Array): boolean;
}

export interface RedirectSurroundings {
  readonly possible: boolean;
  readonly now: number;
  readonly issuer: string;
  readonly event: { [key: string]: unknown };
  /** What the continue endpoint was called with; null in a first run. */
  readonly state: string | null;
}

const DEFAULT_SECONDS = 900;
const NO_PAGE = 'this protocol, or prompt=none, leaves no page to redirect';

export function redirectApi(at: RedirectSurroundings, recorder: Recorder) {
  const subject = (at.event['user'] as { user_id?: string } | undefined)?.user_id ?? '';
  return {
    canRedirect: (): boolean => at.possible,
    sendUserTo(url: unknown, options: { readonly query?: unknown } = {}): void {
      if (typeof url !== 'string' || !/^https?:\/\/[^\s/]+/.test(url)) {
        recorder.remark(
          'argument',
          'redirect.sendUserTo',
          'the first argument must be an http or https address',
        );
        return;
      }
      if (!at.possible) recorder.remark('misplaced', 'redirect.sendUserTo', NO_PAGE);
      const query = Object.entries(typeof options.query === 'object' ? (options.query ?? {}) : {});
      const texts = Object.fromEntries(query.map(([name, value]) => [name, String(value)]));
      recorder.command('redirect.sendUserTo', [url, texts]);
    },
    encodeToken(options: { secret?: unknown; payload?: unknown; expiresInSeconds?: unknown } = {}): string {
      const { secret, payload, expiresInSeconds } = options;
      if (typeof secret !== 'string' || secret === '') throw new TypeError('encodeToken needs a secret');
      const seconds = typeof expiresInSeconds === 'number' ? expiresInSeconds : DEFAULT_SECONDS;
      const issued = Math.floor(at.now / 1000);
      const own = { iss: at.issuer, sub: subject, iat: issued, exp: issued + seconds };
      recorder.command('redirect.encodeToken', [seconds]);
      return sign({ ...(typeof payload === 'object' ? payload : {}), ...own }, secret);
    },
    validateToken(options: { secret?: unknown; tokenParameterName?: unknown } = {}): JsonValue {
      const { secret, tokenParameterName } = options;
      const name = typeof tokenParameterName === 'string' ? tokenParameterName : 'session_token';
      if (typeof secret !== 'string' || secret === '') throw new TypeError('validateToken needs a secret');
      const { query = {}, body = {} } = (at.event['request'] ?? {}) as Record<
        string,
        Record<string, unknown>
      >;
      const token = body[name] ?? query[name];
      if (typeof token !== 'string')
        throw new Error(`There is no "${name}" to validate in the query or body.`);
      return validated(token, secret, subject, at);
    },
  };
}

function sign(claims: object, secret: string): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${text}.${signature(text, secret)}`;
}

function signature(text: string, secret: string): string {
  return lib<Crypto>('crypto').createHmac('sha256', secret).update(text).digest('base64url');
}

function validated(token: string, secret: string, subject: string, at: RedirectSurroundings): JsonValue {
  const [header = '', payload = '', given = ''] = token.split('.');
  const right = Buffer.from(signature(`${header}.${payload}`, secret));
  const mine = Buffer.from(given);
  if (mine.length !== right.length || !lib<Crypto>('crypto').timingSafeEqual(mine, right))
    throw new Error('The token is not signed with this secret.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, JsonValue>;
  if (typeof claims['exp'] === 'number' && claims['exp'] * 1000 <= at.now)
    throw new Error('The token has expired.');
  if (claims['sub'] !== undefined && claims['sub'] !== subject)
    throw new Error('The token is about another user.');
  if (claims['state'] !== undefined && claims['state'] !== at.state)
    throw new Error('The token belongs to another transaction.');
  return claims;
}
