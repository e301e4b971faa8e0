import type { DiagnosticCode } from '#domain/diagnostics/catalog.ts';
import type { Account } from '#domain/migration/account.ts';
import type { MigrationEvent } from '#domain/migration/events.ts';
import type { FlowDecision } from '#domain/migration/flow.ts';
import { failed, logged, succeeded } from '#domain/migration/flow.ts';
import type { LoginAttempt, StoreCheck } from '#domain/migration/login.ts';

/** A login of a user the store holds a credential of: no script runs, the store's word is final. */
export function decideStoreLogin(attempt: LoginAttempt, account: Account, check: StoreCheck): FlowDecision {
  if (check !== 'match') return refused(attempt, account, check);
  if (account.blocked)
    return failed('state.blocked', 'blocked', [logged('f', account.userId, 'user is blocked')]);
  return succeeded([...completion(attempt, account), logged('s', account.userId)]);
}

/** A good login turns an imported hash into the store's own, and a user of a password reset into a whole one. */
function completion(attempt: LoginAttempt, account: Account): MigrationEvent[] {
  const { userId, state, credential } = account;
  if (state === 'migrated') return [];
  const events: MigrationEvent[] = [];
  if (credential.kind === 'imported-bcrypt' || credential.kind === 'imported-custom') {
    const own = { kind: 'tenant-bcrypt', hash: attempt.passwordHash } as const;
    events.push({ type: 'credential-set', userId, credential: own });
  }
  events.push({ type: 'state-changed', userId, from: state, to: 'migrated' });
  return events;
}

function refused(attempt: LoginAttempt, account: Account, check: StoreCheck): FlowDecision {
  const custom = account.credential.kind === 'imported-custom';
  const text = custom ? 'Password change required' : 'Wrong email or password.';
  return failed(refusalCause(attempt, account, check), account.credential.kind, [
    logged('fp', account.userId, text),
  ]);
}

function refusalCause(attempt: LoginAttempt, account: Account, check: StoreCheck): DiagnosticCode {
  if (attempt.expectedUserId !== null && account.userId !== attempt.expectedUserId)
    return 'state.shadowed-by-other-user';
  if (account.credential.kind === 'random') return 'state.random-password';
  if (check === 'unusable') return 'state.imported-hash-unusable';
  if (attempt.legacyAccepts !== true || account.state === 'partial') return 'state.wrong-password';
  return account.state === 'imported-hash-pending'
    ? 'state.imported-hash-mismatch'
    : 'state.legacy-password-changed';
}
