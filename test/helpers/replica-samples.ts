import type { Account, Credential } from '#domain/migration/account.ts';
import type { UserFinding, UserOutcome } from '#domain/migration/outcome.ts';
import { Secret } from '#domain/secret.ts';
import type { Phase, ReplicaBatch } from '#engine/ports/replica.ts';

export function account(n: number, changes: Partial<Account> = {}): Account {
  return {
    userId: `user-${n}`,
    state: 'migrated',
    origin: 'lazy-login',
    email: `Ada.${n}@Example.com`,
    emailVerified: n % 2 === 0,
    username: `Ada${n}`,
    phoneNumber: `+3069${String(n).padStart(8, '0')}`,
    phoneVerified: false,
    name: `Ada Lovelace ${n}`,
    nickname: null,
    givenName: 'Ada',
    familyName: 'Lovelace',
    picture: null,
    blocked: false,
    userMetadata: { language: 'en', newsletter: n % 3 === 0 },
    appMetadata: { plan: 'gold', roles: ['reader', 'writer'] },
    mfaFactors: null,
    credential: bcrypt(n),
    ...changes,
  };
}

export function bcrypt(n: number): Credential {
  const tail = `${n}`.padStart(53, 'x');
  return { kind: 'imported-bcrypt', hash: new Secret(`$2b$10$${tail}`) };
}

const FORMATS = ['bcrypt-2b', 'md5', 'sha1-salted', 'none'];
const LOGINS = ['under-30-days', '30-90-days', 'over-1-year', 'never'];

/**
 * Outcome of the n-th user, the same every time: each tenth fails, each hundredth is skipped, each fifth has a
 * warning, one in 50,000 has a hash format of its own; a few hundred e-mail domains, most of them rare.
 */
export function outcome(n: number, phase: Phase, changes: Partial<UserOutcome> = {}): UserOutcome {
  const status = n % 100 === 99 ? 'skipped' : n % 10 === 9 ? 'failed' : 'ok';
  const failure = n % 20 === 9 ? 'password.mismatch' : 'script.threw';
  const warning: UserFinding = { code: 'profile.name-missing', detail: 'name', line: n % 40 };
  return {
    position: n,
    key: [n * 3 + 1],
    legacyId: `${n * 3 + 1}`,
    phase,
    status,
    cause: status === 'ok' ? null : status === 'failed' ? failure : 'trial.no-password',
    state: status === 'ok' ? 'migrated' : 'legacy-only',
    findings: n % 5 === 0 ? [warning] : [],
    cohorts: {
      hashFormat: n % 50_000 === 777 ? 'rare' : FORMATS[n % 4]!,
      lastLogin: LOGINS[(n >> 2) % 4]!,
      emailDomain: n % 3 === 0 ? `company-${(n * 7919) % 400}.example` : 'mail.example',
    },
    ms: n % 17,
    ...changes,
  };
}

/** Outcomes `from` to `to` (exclusive) with the checkpoint after them. */
export function writeOutcomes(batch: ReplicaBatch, phase: Phase, from: number, to: number): void {
  for (let n = from; n < to; n++) batch.outcome(outcome(n, phase));
  batch.checkpoint({ phase, after: [(to - 1) * 3 + 1], done: to, finished: false });
}
