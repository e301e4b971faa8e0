import type { Account, AccountState } from '#domain/migration/account.ts';
import type { MigrationEvent } from '#domain/migration/events.ts';

export type AccountEvent = Exclude<MigrationEvent, { readonly type: 'logged' }>;

export function eventUserId(event: AccountEvent): string {
  return event.type === 'account-created' ? event.account.userId : event.userId;
}

/**
 * What an event makes of the account with its id, as the replica would: null where nothing is left. An event that
 * does not fit the account is our bug.
 */
export function applyEvent(account: Account | null, event: AccountEvent): Account | null {
  if (event.type === 'account-created') {
    if (account !== null && account.state !== 'deleted') throw misfit(event, 'is created a second time');
    return event.account;
  }
  if (account === null) throw misfit(event, 'is not in the store');
  switch (event.type) {
    case 'account-updated':
      return { ...account, ...event.changes };
    case 'credential-set':
      return { ...account, credential: event.credential };
    case 'state-changed':
      if (account.state !== event.from) throw misfit(event, `is ${account.state}, not ${event.from}`);
      return withState(account, event.to);
    case 'account-deleted':
      return null;
    default:
      return event satisfies never;
  }
}

function withState(account: Account, to: AccountState): Account {
  if (to === 'legacy-only') throw new Error('our bug: an account cannot become the absence of one');
  return to === 'deleted'
    ? { ...account, state: to, credential: { kind: 'none' } }
    : { ...account, state: to };
}

function misfit(event: AccountEvent, what: string): Error {
  return new Error(`our bug: ${event.type} for ${eventUserId(event)}, who ${what}`);
}
