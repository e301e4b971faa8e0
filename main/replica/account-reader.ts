import type { Database } from 'better-sqlite3';
import type { Account } from '#domain/migration/account.ts';
import type { Identifiers } from '#domain/migration/account-facts.ts';
import type { StoredAccounts } from '#engine/ports/replica.ts';
import { type AccountRow, accountOf, lookupKey } from './account-rows.ts';

const COLUMNS = `a.user_id, a.state, a.origin, a.email, a.email_verified, a.username, a.phone_number, a.phone_verified,
  a.name, a.nickname, a.given_name, a.family_name, a.picture, a.blocked, a.user_metadata, a.app_metadata,
  a.mfa_factors, a.credential, c.value AS secret`;

const FOUND = "state <> 'partial' AND state <> 'deleted'";
const PARTIAL = "state = 'partial'";

/** Reads the account of a row that is there. */
export function openRowReader(db: Database): (row: number) => Account {
  const read = db.prepare<[number], AccountRow>(
    `SELECT ${COLUMNS} FROM accounts a LEFT JOIN credentials c ON c.account = a.id WHERE a.id = ?`,
  );
  return (row) => accountOf(read.get(row)!);
}

/** Columns that accounts are found by. */
export type IdentifierColumn = 'user_id' | 'email_key' | 'username_key' | 'phone_number';

/**
 * Where several accounts fit, the one created first is given. Most look-ups of a migration find nobody, and
 * better-sqlite3 prepares a row object before it knows: asking for the bare row number first is several times faster.
 */
export function openAccountReader(db: Database): StoredAccounts {
  const read = openRowReader(db);
  const lookup = (column: IdentifierColumn, scope: string, key: (text: string) => string | null) => {
    const find = db
      .prepare<[string | null], number>(
        `SELECT id FROM accounts WHERE ${column} = ? AND ${scope} ORDER BY id LIMIT 1`,
      )
      .pluck();
    return (text: string): Account | null => {
      const id = find.get(key(text));
      return id === undefined ? null : read(id);
    };
  };
  const any = db
    .prepare<[string | null, string | null, string | null, string | null], number>(
      `SELECT EXISTS (SELECT 1 FROM accounts WHERE user_id = ?)
        OR EXISTS (SELECT 1 FROM accounts WHERE email_key = ?)
        OR EXISTS (SELECT 1 FROM accounts WHERE username_key = ?)
        OR EXISTS (SELECT 1 FROM accounts WHERE phone_number = ?)`,
    )
    .pluck();
  const deleted = db
    .prepare<[string]>("SELECT 1 FROM accounts WHERE user_id = ? AND state = 'deleted'")
    .pluck();
  return {
    ...lookupsBy(lookup),
    hasNone: ({ userId, email, username, phoneNumber }) =>
      any.get(userId, lookupKey(email), lookupKey(username), phoneNumber) === 0,
    wasDeleted: (userId) => deleted.get(userId) !== undefined,
  };
}

type Finder = (text: string) => Account | null;

/** The look-ups by each identifier, over one that is told the column, which rows count, and the form to look for. */
export function lookupsBy(
  lookup: (column: IdentifierColumn, scope: string, key: (text: string) => string | null) => Finder,
): Omit<StoredAccounts, 'hasNone' | 'wasDeleted'> {
  return {
    byUserId: lookup('user_id', FOUND, asIs),
    byEmail: lookup('email_key', FOUND, lookupKey),
    byUsername: lookup('username_key', FOUND, lookupKey),
    byPhone: lookup('phone_number', FOUND, asIs),
    partialByUserId: lookup('user_id', PARTIAL, asIs),
    partialByEmail: lookup('email_key', PARTIAL, lookupKey),
    partialByUsername: lookup('username_key', PARTIAL, lookupKey),
  };
}

/** The same lookups, each run through `around`. */
export function wrapLookup(
  lookup: StoredAccounts,
  around: <Key, Found>(find: (key: Key) => Found) => (key: Key) => Found,
): StoredAccounts {
  return {
    byUserId: around((userId: string) => lookup.byUserId(userId)),
    byEmail: around((email: string) => lookup.byEmail(email)),
    byUsername: around((username: string) => lookup.byUsername(username)),
    byPhone: around((phoneNumber: string) => lookup.byPhone(phoneNumber)),
    partialByUserId: around((userId: string) => lookup.partialByUserId(userId)),
    partialByEmail: around((email: string) => lookup.partialByEmail(email)),
    partialByUsername: around((username: string) => lookup.partialByUsername(username)),
    hasNone: around((identifiers: Identifiers) => lookup.hasNone(identifiers)),
    wasDeleted: around((userId: string) => lookup.wasDeleted(userId)),
  };
}

export function asIs(text: string): string {
  return text;
}
