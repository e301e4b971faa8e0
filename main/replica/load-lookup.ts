import type { Database } from 'better-sqlite3';
import type { Account } from '#domain/migration/account.ts';
import type { Identifiers } from '#domain/migration/account-facts.ts';
import { textHash } from '#domain/text-hash.ts';
import type { StoredAccounts } from '#engine/ports/replica.ts';
import { asIs, type IdentifierColumn, lookupsBy, openRowReader } from './account-reader.ts';
import { lookupKey } from './account-rows.ts';
import { IdentifierIndex } from './identifier-index.ts';

/** Keep the texts of one column apart from those of the others. */
const SEEDS: { readonly [Name in IdentifierColumn]: number } = {
  user_id: textHash('user_id'),
  email_key: textHash('email_key'),
  username_key: textHash('username_key'),
  phone_number: textHash('phone_number'),
};
/** Accounts of every state. */
const ANY = 'TRUE';

type Texts = { readonly [Name in IdentifierColumn]: string | null };

/** Columns with their values, others left aside. */
type Noted = { readonly [name: string]: string | number | null };

/** Finds accounts while their indexes are left for later. */
export interface LoadLookup extends StoredAccounts {
  /** Told of every account that is written, in the forms of its columns. */
  note(row: number, columns: Noted): void;
  /** Rows that may have the value, in ascending order. */
  rowsOf(column: IdentifierColumn, text: string): readonly number[];
  close(): void;
}

/** Starts with the accounts that are there: a load goes on where it was interrupted. */
export function openLoadLookup(db: Database, scratch: string, expected: number): LoadLookup {
  // A user has three identifiers, as a rule.
  const index = new IdentifierIndex(scratch, 3 * expected);
  const note = (row: number, columns: Noted): void => {
    for (const column of COLUMNS) {
      const text = columns[column];
      if (typeof text === 'string') index.add(hashOf(column, text), row);
    }
  };
  noteStored(db, note);
  const read = openRowReader(db);
  const lookup = (column: IdentifierColumn, scope: string, key: (text: string) => string | null) => {
    const check = db
      .prepare<[number, string], number>(
        `SELECT id FROM accounts WHERE id = ? AND ${column} = ? AND ${scope}`,
      )
      .pluck();
    return (text: string): Account | null => {
      const wanted = key(text)!;
      for (const row of index.rowsOf(hashOf(column, wanted))) {
        if (check.get(row, wanted) !== undefined) return read(row);
      }
      return null;
    };
  };
  const deleted = lookup('user_id', "state = 'deleted'", asIs);
  const any = {
    user_id: lookup('user_id', ANY, asIs),
    email_key: lookup('email_key', ANY, asIs),
    username_key: lookup('username_key', ANY, asIs),
    phone_number: lookup('phone_number', ANY, asIs),
  };
  const isNew = (column: IdentifierColumn, text: string | null): boolean =>
    text === null || any[column](text) === null;
  return {
    ...lookupsBy(lookup),
    hasNone: ({ userId, email, username, phoneNumber }: Identifiers) =>
      isNew('user_id', userId) &&
      isNew('email_key', lookupKey(email)) &&
      isNew('username_key', lookupKey(username)) &&
      isNew('phone_number', phoneNumber),
    wasDeleted: (userId) => deleted(userId) !== null,
    note,
    rowsOf: (column, text) => index.rowsOf(hashOf(column, text)),
    close: () => index.close(),
  };
}

const COLUMNS = Object.keys(SEEDS) as IdentifierColumn[];

function noteStored(db: Database, note: LoadLookup['note']): void {
  const stored = db.prepare<[], { readonly id: number } & Texts>(
    `SELECT id, ${COLUMNS.join(', ')} FROM accounts ORDER BY id`,
  );
  for (const row of stored.iterate()) note(row.id, row);
}

function hashOf(column: IdentifierColumn, text: string): number {
  return textHash(text, SEEDS[column]);
}
