import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Links that are out at the same time, and browsers that are signed in; the oldest is forgotten for a new one. */
const MOST_LINKS = 8;
const MOST_SESSIONS = 64;

/** Who may use the server: whoever opens a fresh link, once, and then whoever has the cookie from that. */
export interface Access {
  /** A token of 256 bits for one sign-in within `livesMs`. */
  issueLink(livesMs: number): string;
  /** Uses up a token and gives the id of a new session, or null for a wrong, used or old one. */
  signIn(token: string): string | null;
  admits(session: string): boolean;
}

interface Link {
  readonly digest: Buffer;
  readonly untilMs: number;
}

/**
 * Only digests are kept, and all of them are compared, whatever the first ones say: neither time nor memory tells
 * how close a guess was.
 *
 * @param now milliseconds on a clock that nobody can set back
 */
export function createAccess(now: () => number): Access {
  let links: readonly Link[] = [];
  let sessions: readonly Buffer[] = [];
  return {
    issueLink(livesMs) {
      const token = secret();
      links = [...links.slice(1 - MOST_LINKS), { digest: digestOf(token), untilMs: now() + livesMs }];
      return token;
    },
    signIn(token) {
      const digest = digestOf(token);
      const fresh = links.filter(({ untilMs }) => untilMs > now());
      const left = fresh.filter((link) => !timingSafeEqual(link.digest, digest));
      const known = left.length < fresh.length;
      links = left;
      if (!known) return null;
      const session = secret();
      sessions = [...sessions.slice(1 - MOST_SESSIONS), digestOf(session)];
      return session;
    },
    admits(session) {
      const digest = digestOf(session);
      return sessions.filter((one) => timingSafeEqual(one, digest)).length > 0;
    },
  };
}

function secret(): string {
  return randomBytes(32).toString('base64url');
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
