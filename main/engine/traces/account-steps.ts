import type { TraceStep } from '#contract/traces.ts';
import { accountFacts } from '#domain/migration/account-facts.ts';
import type { Account } from '#domain/migration/account.ts';
import type { LegacyUser } from '#domain/profile/legacy-user.ts';
import type { Replica } from '#engine/ports/replica.ts';
import type { LogEntry } from '#engine/ports/replica-coverage.ts';
import { facts, type Personal, step, type TraceFact } from '#engine/traces/step.ts';
import type { Subject } from '#engine/traces/subject.ts';

/** What the user store of the trial has of the person, who else answers to the same names, and its log. */
export function accountSteps(replica: Replica, subject: Subject, personal: Personal): TraceStep[] {
  const own = ownAccount(replica, subject);
  const others = otherAccounts(replica, subject.live?.user ?? null, own);
  const [outcome] = subject.outcomes;
  const log = outcome === undefined ? [] : replica.tenantLogOf(outcome.position);
  return [
    own === null
      ? step('account', 'No account', { facts: deletedBefore(replica, subject) })
      : step('account', 'Account', { facts: accountInFacts(own, personal) }),
    ...others.map((account) =>
      step('other-account', 'Another account with the same address or username', {
        facts: accountInFacts(account, personal),
      }),
    ),
    ...(log.length === 0
      ? []
      : [
          step('tenant-log', 'Tenant log', {
            facts: log.map((entry) => logFact(entry, subject, personal)),
          }),
        ]),
  ];
}

/** Failed logins are logged under what was typed. */
function logFact(
  { atMs, log, userId, description }: LogEntry,
  { legacyId }: Subject,
  personal: Personal,
): TraceFact {
  const id = userId.replace(/^auth0\|/, '');
  const who = id === '' || id === legacyId ? userId : `auth0|${personal(id)}`;
  const value = [new Date(atMs).toISOString(), who, description].filter((text) => text !== '').join(' ');
  return { name: log, value };
}

/** By the id of the row, else the account that the trial made from this row under an id of the scripts' own. */
export function ownAccount(replica: Replica, { legacyId, live, outcomes }: Subject): Account | null {
  const byId = legacyId === null ? null : (replica.byUserId(legacyId) ?? replica.partialByUserId(legacyId));
  if (byId !== null) return byId;
  const position = outcomes[0]?.position;
  const { email, username } = live?.user ?? { email: null, username: null };
  const named = [
    email === null ? null : replica.byEmail(email),
    username === null ? null : replica.byUsername(username),
  ];
  return (
    named.find(
      (one) => one !== null && replica.legacyPositionOf(one.userId) === position && position !== undefined,
    ) ?? null
  );
}

function otherAccounts(replica: Replica, user: LegacyUser | null, own: Account | null): readonly Account[] {
  if (user === null) return [];
  const found = accountFacts(replica, {
    userId: null,
    email: user.email,
    username: user.username,
    phoneNumber: user.phoneNumber,
  });
  const all = [found.byEmail, found.byUsername, found.byPhone, found.partial];
  const seen = new Set(own === null ? [] : [own.userId]);
  return all.flatMap((one) => {
    if (one === null || seen.has(one.userId)) return [];
    seen.add(one.userId);
    return [one];
  });
}

function deletedBefore(replica: Replica, { legacyId }: Subject): TraceFact[] {
  return legacyId !== null && replica.wasDeleted(legacyId)
    ? [{ name: 'deleted', value: 'in this trial' }]
    : [];
}

function accountInFacts(account: Account, personal: Personal): TraceFact[] {
  const members = (object: object | null) => Object.keys(object ?? {}).join(', ');
  return facts([
    ['user id', `auth0|${account.userId}`],
    ['state', account.state],
    ['made by', account.origin],
    ['credential', account.credential.kind],
    ['email', personal(account.email)],
    ['email verified', account.email === null ? null : account.emailVerified ? 'yes' : 'no'],
    ['username', personal(account.username)],
    ['phone number', personal(account.phoneNumber)],
    ['name', personal(account.name)],
    ['blocked', account.blocked ? 'yes' : 'no'],
    ['user_metadata', members(account.userMetadata)],
    ['app_metadata', members(account.appMetadata)],
    ['mfa factors', account.mfaFactors === null ? null : String(account.mfaFactors.length)],
  ]);
}
