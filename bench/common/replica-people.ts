import { createHash } from 'node:crypto';
import type { Account } from '#domain/migration/account.ts';
import type { UserOutcome } from '#domain/migration/outcome.ts';
import { usesOfLazyUser } from '#domain/projections/script-uses.ts';
import type { Phase } from '#engine/ports/replica.ts';
import type { Evidence } from '#engine/ports/replica-coverage.ts';
import { account, outcome } from '#test/replica-samples.ts';

/** Legacy users come in the order of their ids; their e-mail addresses come in none. */
const userId = (n: number): string => `${100_000_000 + n}`;
export const email = (n: number): string => `${createHash('md5').update(`${n}`).digest('hex')}@mail.example`;
export const userOf = (n: number): Account => account(n, { userId: userId(n), email: email(n) });

/** Every `shift`-th user fails instead; 0: none. */
export function resultOf(n: number, phase: Phase, shift: number): UserOutcome {
  const result = outcome(n, phase);
  return shift > 0 && n % shift === 0 ? { ...result, status: 'failed', cause: 'script.timed-out' } : result;
}

/** What a trial keeps beside the outcome: fifteen traits, one of them an e-mail domain of many. */
export function evidenceOf(n: number, { cohorts, status }: UserOutcome): Evidence {
  const { hashFormat, lastLogin, emailDomain } = cohorts;
  const flags = ['emailVerified', 'blocked', 'username', 'name', 'givenName', 'familyName', 'phoneNumber'];
  return {
    uses: usesOfLazyUser({
      getUser: { ending: 'called-back', value: {}, error: null },
      login: status === 'ok' ? { ending: 'called-back', value: {}, error: null } : null,
      wrongPassword: null,
    }),
    traits: [
      { attribute: 'hashFormat', value: hashFormat },
      { attribute: 'lastLogin', value: lastLogin },
      { attribute: 'emailDomain', value: emailDomain },
      { attribute: 'createdAt', value: `${2010 + (n % 16)}` },
      ...flags.map((attribute, index) => ({ attribute, value: (n >> index) % 3 === 0 ? 'no' : 'yes' })),
      { attribute: 'appMetadata.plan', value: ['basic', 'plus', 'business'][n % 3]! },
      { attribute: 'appMetadata.number', value: `${n}` },
      { attribute: 'userMetadata.locale', value: `l${n % 30}` },
    ],
    mark: n,
  };
}
