import { finding } from '#domain/diagnostics/user-finding.ts';
import { accountFromProfile, changesFrom, hasChanges } from '#domain/migration/account-from-profile.ts';
import type { Account } from '#domain/migration/account.ts';
import type { MigrationEvent } from '#domain/migration/events.ts';
import type { FlowDecision, FlowOptions } from '#domain/migration/flow.ts';
import { failed, logged, succeeded } from '#domain/migration/flow.ts';
import type { LoginFacts } from '#domain/migration/login.ts';
import type { NormalizedProfile } from '#domain/profile/normalized-profile.ts';

/** A login with import off: the script's word counts; the store keeps a profile without a credential. */
export function decideLegacyLogin(
  profile: NormalizedProfile,
  { existing }: LoginFacts,
  options: FlowOptions,
): FlowDecision {
  const userId = profile.userId!;
  const account = existing.byUserId;
  if (existing.byEmail !== null && existing.byEmail.userId !== userId) {
    return failed('state.email-taken', 'email', [logged('f', userId, 'The user already exists')]);
  }
  if (account === null && existing.partial?.userId === userId) {
    return failed('state.partial-user', 'user_id', [logged('f', userId, 'The user already exists')]);
  }
  if (account?.blocked) return failed('state.blocked', 'blocked', [logged('f', userId, 'user is blocked')]);
  const wasMigrated = account !== null && account.state !== 'shadow';
  const findings = wasMigrated ? [finding('state.import-off-after-migration', account.state)] : [];
  return succeeded([profileEvent(profile, account, options), logged('s', userId)].flat(), findings);
}

function profileEvent(
  profile: NormalizedProfile,
  account: Account | null,
  options: FlowOptions,
): readonly MigrationEvent[] {
  const userId = profile.userId!;
  if (account === null) {
    const start = { userId, state: 'shadow', origin: 'legacy-login', credential: { kind: 'none' } } as const;
    return [{ type: 'account-created', account: accountFromProfile(profile, start) }];
  }
  const changes = changesFrom(account, profile, options.setUserRootAttributes === 'on_each_login');
  return hasChanges(changes) ? [{ type: 'account-updated', userId, changes }] : [];
}
