import { type AccountEvent, applyEvent, eventUserId } from '#domain/migration/apply-event.ts';
import type { Account } from '#domain/migration/account.ts';
import type { MigrationEvent } from '#domain/migration/events.ts';
import type { AccountLookup } from '#engine/ports/replica.ts';

/** Accounts as they would stand: those of a replica, or none, with changes on top that nobody has written. */
export interface OverlayAccounts extends AccountLookup {
  /** The account with this id whatever its state, deleted and half created ones included. */
  any(userId: string): Account | null;
  apply(event: MigrationEvent): void;
}

export function overlayAccounts(base: AccountLookup | null): OverlayAccounts {
  /** Null: there was an account, and it is gone. */
  const changed = new Map<string, Account | null>();

  const any = (userId: string): Account | null => {
    const own = changed.get(userId);
    if (own !== undefined) return own;
    return base?.byUserId(userId) ?? base?.partialByUserId(userId) ?? null;
  };
  /** The base's answer as long as nothing on top speaks against it, else what is on top. */
  const find = (
    fromBase: Account | null,
    partial: boolean,
    fits: (account: Account) => boolean,
  ): Account | null => {
    if (fromBase !== null && !changed.has(fromBase.userId)) return fromBase;
    for (const account of changed.values()) {
      if (account !== null && inScope(account, partial) && fits(account)) return account;
    }
    return null;
  };
  return {
    any,
    byUserId: (id) => find(base?.byUserId(id) ?? null, false, ({ userId }) => userId === id),
    byEmail: (text) => find(base?.byEmail(text) ?? null, false, ({ email }) => same(email, text)),
    byUsername: (text) => find(base?.byUsername(text) ?? null, false, ({ username }) => same(username, text)),
    byPhone: (text) => find(base?.byPhone(text) ?? null, false, ({ phoneNumber }) => phoneNumber === text),
    partialByUserId: (id) => find(base?.partialByUserId(id) ?? null, true, ({ userId }) => userId === id),
    partialByEmail: (text) =>
      find(base?.partialByEmail(text) ?? null, true, ({ email }) => same(email, text)),
    partialByUsername: (text) =>
      find(base?.partialByUsername(text) ?? null, true, ({ username }) => same(username, text)),
    wasDeleted: (id) => {
      const own = changed.get(id);
      return own === undefined ? (base?.wasDeleted(id) ?? false) : own?.state === 'deleted';
    },
    apply: (event) => {
      if (event.type === 'logged') return;
      const id = eventUserId(event satisfies AccountEvent);
      // A deleted account of the base is in nobody's way, as in the replica.
      changed.set(id, applyEvent(any(id), event));
    },
  };
}

function inScope({ state }: Account, partial: boolean): boolean {
  return partial ? state === 'partial' : state !== 'partial' && state !== 'deleted';
}

function same(stored: string | null, text: string): boolean {
  return stored !== null && stored.toLowerCase() === text.toLowerCase();
}
