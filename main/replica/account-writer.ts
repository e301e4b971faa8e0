import assert from 'node:assert/strict';
import Database from 'better-sqlite3';
import type { Account, AccountState, Credential } from '#domain/migration/account.ts';
import type { AccountChanges, MigrationEvent } from '#domain/migration/events.ts';
import { jsonText, lookupKey, secretOf } from './account-rows.ts';
import type { LoadLookup } from './load-lookup.ts';

type Value = string | number | null;
type AccountEvent = Exclude<MigrationEvent, { readonly type: 'logged' }>;

/** Applies one event. An event about an account that is not there, or in another state, is a bug of ours. */
export interface AccountWriter {
  apply(event: AccountEvent, atMs: number, legacyPosition: number | null): void;
}

/** Attribute of an account → columns it fills. */
const COLUMNS_OF: {
  readonly [K in keyof Required<AccountChanges>]: (v: Account[K]) => Record<string, Value>;
} = {
  email: (v) => ({ email: v, email_key: lookupKey(v) }),
  emailVerified: (v) => ({ email_verified: Number(v) }),
  username: (v) => ({ username: v, username_key: lookupKey(v) }),
  phoneNumber: (v) => ({ phone_number: v }),
  phoneVerified: (v) => ({ phone_verified: Number(v) }),
  name: (v) => ({ name: v }),
  nickname: (v) => ({ nickname: v }),
  givenName: (v) => ({ given_name: v }),
  familyName: (v) => ({ family_name: v }),
  picture: (v) => ({ picture: v }),
  blocked: (v) => ({ blocked: Number(v) }),
  userMetadata: (v) => ({ user_metadata: jsonText(v) }),
  appMetadata: (v) => ({ app_metadata: jsonText(v) }),
  mfaFactors: (v) => ({ mfa_factors: jsonText(v) }),
};

/** With `load`, accounts have no indexes yet: it finds their rows, and is told of new ones. */
export function openAccountWriter(db: Database.Database, load?: LoadLookup): AccountWriter {
  const insertAccount = accountInsertion(db);
  const credentials = credentialWriter(db);
  const updates = new Map<string, Database.Statement>();
  const find = openFind(db, load);
  const remove = db.prepare<[number]>('DELETE FROM accounts WHERE id = ?');

  const existing = (userId: string, event: string) => {
    const row = find(userId);
    assert(row !== undefined, `our bug: ${event} for ${userId}, which is not in the replica`);
    return { id: row[0], state: row[1] };
  };
  const update = (id: number, columns: Record<string, Value>, atMs: number): void => {
    const all = { ...columns, changed_ms: atMs };
    const names = Object.keys(all);
    const sql = `UPDATE accounts SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`;
    const statement = updates.get(sql) ?? db.prepare(sql);
    updates.set(sql, statement);
    statement.run(...Object.values(all), id);
    load?.note(id, columns);
  };

  return {
    apply(event, atMs, legacyPosition) {
      switch (event.type) {
        case 'account-created': {
          const id = insertAccount(event.account, atMs, legacyPosition);
          credentials.add(id, event.account.credential);
          load?.note(id, identifierColumns(event.account));
          return;
        }
        case 'account-updated':
          update(existing(event.userId, event.type).id, columnsOf(event.changes), atMs);
          return;
        case 'credential-set': {
          const { id } = existing(event.userId, event.type);
          update(id, { credential: event.credential.kind }, atMs);
          credentials.set(id, event.credential);
          return;
        }
        case 'state-changed': {
          const { id, state } = existing(event.userId, event.type);
          assert(state === event.from, `our bug: ${event.userId} is ${state}, not ${event.from}`);
          assert(
            event.to !== 'legacy-only',
            `our bug: ${event.userId} cannot lose its account by a change of state`,
          );
          if (event.to === 'deleted') credentials.set(id, { kind: 'none' });
          update(
            id,
            event.to === 'deleted' ? { state: event.to, credential: 'none' } : { state: event.to },
            atMs,
          );
          return;
        }
        case 'account-deleted': {
          const { id } = existing(event.userId, event.type);
          credentials.remove(id);
          remove.run(id);
        }
      }
    },
  };
}

type Find = (userId: string) => readonly [id: number, state: AccountState] | undefined;

function openFind(db: Database.Database, load: LoadLookup | undefined): Find {
  const columns = 'SELECT id, state FROM accounts WHERE';
  const byUserId = db.prepare<[string], readonly [number, AccountState]>(`${columns} user_id = ?`).raw();
  if (load === undefined) return (userId) => byUserId.get(userId);
  const row = db
    .prepare<[number, string], readonly [number, AccountState]>(`${columns} id = ? AND user_id = ?`)
    .raw();
  return (userId) => {
    for (const id of load.rowsOf('user_id', userId)) {
      const found = row.get(id, userId);
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

function identifierColumns({ userId, email, username, phoneNumber }: Account) {
  return {
    user_id: userId,
    email_key: lookupKey(email),
    username_key: lookupKey(username),
    phone_number: phoneNumber,
  };
}

function columnsOf(changes: AccountChanges): Record<string, Value> {
  const columns: Record<string, Value> = {};
  for (const [attribute, value] of Object.entries(changes)) {
    const toColumns = (COLUMNS_OF as Record<string, ((value: unknown) => Record<string, Value>) | undefined>)[
      attribute
    ];
    assert(toColumns !== undefined, `our bug: an account has no attribute ${attribute} that can change`);
    Object.assign(columns, toColumns(value));
  }
  return columns;
}

type Insertion = (account: Account, atMs: number, legacyPosition: number | null) => number;

function accountInsertion(db: Database.Database): Insertion {
  const insert = db.prepare<Value[]>(
    `INSERT INTO accounts (user_id, state, origin, email, email_key, email_verified, username, username_key,
       phone_number, phone_verified, name, nickname, given_name, family_name, picture, blocked,
       user_metadata, app_metadata, mfa_factors, credential, legacy_position, created_ms, changed_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const bury = db.prepare<[string]>("DELETE FROM accounts WHERE user_id = ? AND state = 'deleted'");
  return (account, atMs, legacyPosition) => {
    const a = account;
    const values: Value[] = [
      a.userId, a.state, a.origin, a.email, lookupKey(a.email), Number(a.emailVerified),
      a.username, lookupKey(a.username), a.phoneNumber, Number(a.phoneVerified),
      a.name, a.nickname, a.givenName, a.familyName, a.picture, Number(a.blocked),
      jsonText(a.userMetadata), jsonText(a.appMetadata), jsonText(a.mfaFactors),
      a.credential.kind, legacyPosition, atMs, atMs,
    ]; // biome-ignore format: in the order of the columns
    try {
      return Number(insert.run(...values).lastInsertRowid);
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      assert(bury.run(a.userId).changes === 1, `our bug: ${a.userId} is created a second time`);
      return Number(insert.run(...values).lastInsertRowid);
    }
  };
}

function isUniqueViolation(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code === 'SQLITE_CONSTRAINT_UNIQUE';
}

/** Secrets live in their own table; a credential without one has no row there. */
function credentialWriter(db: Database.Database) {
  const put = db.prepare<[number, string]>(
    'INSERT OR REPLACE INTO credentials (account, value) VALUES (?, ?)',
  );
  const drop = db.prepare<[number]>('DELETE FROM credentials WHERE account = ?');
  return {
    /** Of an account that has just been created. */
    add(account: number, credential: Credential): void {
      const secret = secretOf(credential);
      if (secret !== null) put.run(account, secret);
    },
    set(account: number, credential: Credential): void {
      const secret = secretOf(credential);
      if (secret === null) drop.run(account);
      else put.run(account, secret);
    },
    remove: (account: number): void => void drop.run(account),
  };
}
