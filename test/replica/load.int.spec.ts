import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '#domain/migration/account.ts';
import type { MigrationEvent } from '#domain/migration/events.ts';
import type { Replica, StoredAccounts } from '#engine/ports/replica.ts';
import { replicaOpener } from '#replica/replica-opener.ts';
import { account, writeOutcomes } from '#test/replica-samples.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

let folder: string;
let path: string;
let holder: Replica;
beforeEach(() => {
  folder = temporaryFolder('load');
  path = join(folder, 'replica.db');
  holder = replicaOpener.open(path);
});
afterEach(() => {
  holder.close();
  removeFolder(folder);
});

const USERS = 3_000;
const created = (one: Account): MigrationEvent => ({ type: 'account-created', account: one });

/** Creations, then a changed address, a deletion, a half-created account, and one with letters beyond ASCII. */
const EVENTS: readonly MigrationEvent[] = [
  ...Array.from({ length: USERS }, (_, n) => created(account(n))),
  { type: 'account-updated', userId: 'user-5', changes: { email: 'New@Example.com', phoneNumber: null } },
  { type: 'state-changed', userId: 'user-6', from: 'migrated', to: 'deleted' },
  created(account(USERS, { state: 'partial' })),
  created(account(USERS + 1, { email: 'ÅSA@Exämple.se', username: null, phoneNumber: null })),
  created(account(USERS + 2, { email: 'ada.7@example.com' })),
];

function write(replica: Replica): void {
  replica.batch((batch) => EVENTS.forEach((event, position) => batch.apply(event, 1_000, position)));
  replica.batch((batch) => writeOutcomes(batch, 'bulk', 0, 2_000));
}

/** Everything that can be asked, about people who are there and people who are not. */
function answers(accounts: StoredAccounts): unknown {
  const id = (one: Account | null): string | null => one?.userId ?? null;
  const asked = [0, 5, 6, 7, 2_999, USERS, USERS + 1, 9_999].map((n) => account(n));
  const emails = ['new@example.com', 'åsa@exämple.SE', ...asked.map(({ email }) => email!.toUpperCase())];
  return {
    byUserId: asked.map(({ userId }) => id(accounts.byUserId(userId))),
    byEmail: emails.map((email) => id(accounts.byEmail(email))),
    byUsername: asked.map(({ username }) => id(accounts.byUsername(username!))),
    byPhone: asked.map(({ phoneNumber }) => id(accounts.byPhone(phoneNumber!))),
    partial: asked.map(({ userId, email, username }) => [
      id(accounts.partialByUserId(userId)),
      id(accounts.partialByEmail(email!)),
      id(accounts.partialByUsername(username!)),
    ]),
    deleted: asked.map(({ userId }) => accounts.wasDeleted(userId)),
    none: asked.map(({ userId, email, username, phoneNumber }) =>
      accounts.hasNone({ userId, email, username, phoneNumber }),
    ),
  };
}

function indexes(): readonly string[] {
  const db = new Database(path, { readonly: true });
  const names = db.prepare("SELECT name FROM sqlite_master WHERE type = 'index' ORDER BY name").pluck().all();
  db.close();
  return names as string[];
}

describe('a replica that takes the users of a bulk phase', () => {
  it('answers like one with indexes, holds the same, and has all of them in the end', () => {
    const usual = replicaOpener.open(join(folder, 'usual.db'));
    write(usual);
    const all = indexes();
    const loaded = replicaOpener.openForLoad(path, USERS);
    write(loaded);
    const meanwhile = indexes();
    expect(answers(loaded)).toEqual(answers(usual));
    for (const _step of loaded.buildSteps());
    expect({ digests: loaded.contentDigests(), indexes: indexes() }).toEqual({
      digests: usual.contentDigests(),
      indexes: all,
    });
    expect(meanwhile.length).toBeLessThan(all.length);
    loaded.close();
    usual.close();
  });

  it('goes on where it was interrupted, before or among the indexes', () => {
    const all = indexes();
    const first = replicaOpener.openForLoad(path, USERS);
    write(first);
    const known = answers(first);
    first.close();
    const second = replicaOpener.openForLoad(path, 10);
    const again = answers(second);
    const steps = second.buildSteps();
    steps.next();
    steps.next();
    steps.return();
    const begun = indexes().length;
    second.close();
    const third = replicaOpener.openForLoad(path, USERS);
    for (const _step of third.buildSteps());
    expect({ again, begun: begun < all.length, answers: answers(third), indexes: indexes() }).toEqual({
      again: known,
      begun: true,
      answers: known,
      indexes: all,
    });
    third.close();
  });

  it('is read meanwhile, with the same pages as afterwards', () => {
    const loaded = replicaOpener.openForLoad(path, USERS);
    write(loaded);
    const read = (reader: Replica): unknown => [
      reader.outcomes({ phase: 'bulk', cohort: { by: 'hashFormat', value: 'md5' } }, 100, 5),
      reader.outcomes({ phase: 'bulk', state: 'legacy-only' }, -1, 3),
      reader.outcomes({ phase: 'bulk', status: 'failed' }, -1, 3),
      reader.outcomeCount({ phase: 'bulk', cohort: { by: 'lastLogin', value: 'never' }, status: 'failed' }),
      reader.outcomesOf([31]),
      reader.byEmail('ada.8@example.com')?.userId,
    ];
    const reader = replicaOpener.openReadOnly(path);
    const meanwhile = read(reader);
    for (const _step of loaded.buildSteps());
    expect([meanwhile, read(reader)]).toEqual([read(loaded), read(loaded)]);
    reader.close();
    loaded.close();
  });

  it('keeps its indexes where something is in it already', () => {
    const all = indexes();
    holder.batch((batch) => batch.apply(created(account(1)), 1_000, 0));
    const loaded = replicaOpener.openForLoad(path, USERS);
    expect({ indexes: indexes(), found: loaded.byEmail('ada.1@example.com')?.userId }).toEqual({
      indexes: all,
      found: 'user-1',
    });
    loaded.close();
  });
});
