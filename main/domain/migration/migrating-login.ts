import type { Assumptions } from '#domain/assumptions.ts';
import type { UserFinding } from '#domain/diagnostics/user-finding.ts';
import { finding } from '#domain/diagnostics/user-finding.ts';
import {
  accountFromProfile,
  changesFrom,
  hasChanges,
  partialAccount,
} from '#domain/migration/account-from-profile.ts';
import type { Account, Credential } from '#domain/migration/account.ts';
import type { MigrationEvent } from '#domain/migration/events.ts';
import type { FlowDecision, FlowOptions } from '#domain/migration/flow.ts';
import { failed, logged, succeeded } from '#domain/migration/flow.ts';
import type { LoginAttempt, LoginFacts } from '#domain/migration/login.ts';
import { migrationCollision } from '#domain/migration/migration-collision.ts';
import { passwordVerdict } from '#domain/migration/typed-password.ts';
import type { NormalizedProfile } from '#domain/profile/normalized-profile.ts';

/** A login with import on that the script accepted: the user moves into the store, unless something is in the way. */
export function decideMigratingLogin(
  attempt: LoginAttempt,
  profile: NormalizedProfile,
  facts: LoginFacts,
  options: FlowOptions,
  assumptions: Assumptions,
): FlowDecision {
  const userId = profile.userId!;
  const collision = migrationCollision(attempt, profile, facts, assumptions);
  if (collision !== null) {
    return failed(collision.cause, collision.detail, [logged('f', userId, collision.description)]);
  }
  const policy = assumptions['policy-at-migration'] === 'yes' ? options.passwordPolicy : null;
  const { refusal, findings } = passwordVerdict(attempt.password, policy, assumptions);
  if (refusal !== null) return failed(refusal.cause, refusal.detail, [logged('f', userId)], findings);
  const existing = facts.existing.byUserId ?? leftover(profile, facts.existing.partial);
  if (existing?.blocked) {
    return failed('state.blocked', 'blocked', [logged('f', userId, 'user is blocked')], findings);
  }
  const credential: Credential = { kind: 'tenant-bcrypt', hash: attempt.passwordHash };
  if (existing !== null) {
    return succeeded([...taken(existing, profile, credential), logged('s', userId)], findings);
  }
  return created(attempt, profile, credential, [...findings, ...resurrection(facts)]);
}

function leftover(profile: NormalizedProfile, partial: Account | null): Account | null {
  return partial?.userId === profile.userId ? partial : null;
}

function resurrection(facts: LoginFacts): UserFinding[] {
  return facts.deletedBefore ? [finding('state.resurrected', 'deleted earlier')] : [];
}

/** The store already had something of this user: a profile without a credential, or half a creation. */
function taken(account: Account, profile: NormalizedProfile, credential: Credential): MigrationEvent[] {
  const { userId, state } = account;
  const changes = changesFrom(account, profile, true);
  const events: MigrationEvent[] = hasChanges(changes) ? [{ type: 'account-updated', userId, changes }] : [];
  events.push({ type: 'credential-set', userId, credential });
  if (state !== 'migrated') events.push({ type: 'state-changed', userId, from: state, to: 'migrated' });
  return events;
}

/** Creation takes two steps; a stop between them leaves the internal row only. */
function created(
  attempt: LoginAttempt,
  profile: NormalizedProfile,
  credential: Credential,
  findings: readonly UserFinding[],
): FlowDecision {
  const start = { userId: profile.userId!, origin: 'lazy-login' } as const;
  if (attempt.interrupted) {
    const account = partialAccount(profile, { ...start, credential: { kind: 'none' } });
    const events: MigrationEvent[] = [{ type: 'account-created', account }, logged('f', start.userId)];
    return failed('state.creation-interrupted', 'between the two steps', events, findings);
  }
  const account = accountFromProfile(profile, { ...start, state: 'migrated', credential });
  return succeeded([{ type: 'account-created', account }, logged('s', start.userId)], findings);
}
