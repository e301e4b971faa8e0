import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeAll, expect, it } from 'vitest';
import type { Account } from '#domain/migration/account.ts';
import { replicaOpener } from '#replica/replica-opener.ts';
import { countsOf, runAuditOf } from '#test/audit-run.ts';
import { startEngine } from '#test/engine.ts';
import { projectFolder, SETTINGS } from '#test/project-folder.ts';
import { account } from '#test/replica-samples.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

const CREATED_MS = Date.UTC(2026, 4, 1);
let folder: string;
let trial: string;

function createLegacy(path: string): void {
  const db = new Database(path);
  db.exec('CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, name TEXT)');
  const insert = db.prepare('INSERT INTO users VALUES (?, ?, ?)');
  for (let id = 1; id <= 9; id++) insert.run(id, `user${id}@example.com`, `User ${id}`);
  db.close();
}

/** A finished trial whose replica holds these accounts. */
async function trialWith(accounts: readonly Account[]): Promise<void> {
  const engine = startEngine();
  const report = await engine.trial({ project: folder, kind: 'bulk' });
  await engine.close();
  trial = report.trial.id;
  const path = join(folder, 'trials', trial, 'replica.db');
  rmSync(path);
  const replica = replicaOpener.open(path);
  replica.batch((batch) => {
    for (const one of accounts) batch.apply({ type: 'account-created', account: one }, CREATED_MS, null);
  });
  replica.close();
}

beforeAll(async () => {
  folder = projectFolder({
    'userferry.json': { ...SETTINGS, fields: { id: 'id', email: 'email', name: 'name' } },
  });
  createLegacy(join(folder, 'legacy.db'));
  const of = (id: number, changes: Partial<Account> = {}) =>
    account(id, {
      userId: String(id),
      email: `user${id}@example.com`,
      username: null,
      name: `User ${id}`,
      ...changes,
    });
  await trialWith([
    of(1),
    of(2, { origin: 'bulk-import', state: 'imported-hash-pending' }),
    of(3, { origin: 'bulk-import', state: 'imported-random-password' }),
    of(4, { state: 'shadow', origin: 'legacy-login' }),
    of(5, { state: 'partial' }),
    of(6, { state: 'deleted' }),
    of(7, { name: 'Somebody Else' }),
    of(50, { userId: 'auth0|x', email: 'USER8@example.com' }),
    of(60),
    of(61, { state: 'deleted' }),
  ]);
});

it('tells every state of an account in the replica', async () => {
  const { result, people } = await runAuditOf({
    project: folder,
    against: { kind: 'trial', trial },
    list: true,
  });
  const { drift: _drift, ...counts } = countsOf(result);
  expect(counts).toEqual({
    legacy: { rows: 9, users: 9, unreadable: 0, withoutId: 0 },
    tenant: { lines: 10, users: 8, otherConnections: 0, broken: 0, repeated: 0, deleted: 2, matched: 7 },
    states: {
      migrated: 4,
      'not-yet audit.deleted-in-tenant': 1,
      'not-yet audit.not-migrated': 1,
      'shadow audit.shadow-profile': 1,
      'partial audit.partial-account': 1,
      'conflict audit.id-differs': 1,
      'stranger audit.stranger': 1,
    },
    signs: { 'replica-login': 2, 'replica-bulk': 2 },
    findings: { 'audit.needs-reset': 1, 'audit.hash-unproven': 1, 'audit.attributes-differ': 2 },
    drifting: 2,
  });
  expect(people.find(({ legacyId }) => legacyId === '1')).toMatchObject({
    key: [1],
    tenantIds: ['1'],
    sign: 'replica-login',
    migratedAt: new Date(CREATED_MS).toISOString(),
  });
});

it('agrees with a trial about the users that a bulk import brings across', async () => {
  const project = await sqliteSampleProject(join(temporaryFolder('audit-sample'), 'acme'), { users: 1500 });
  const engine = startEngine();
  const report = await engine.trial({ project, kind: 'bulk' });
  await engine.close();
  const { result } = await runAuditOf({ project, against: { kind: 'trial', trial: report.trial.id } });
  // Some are across and still count as failed: with a random password, say.
  const there = ['migrated', 'imported-hash-pending', 'imported-random-password'];
  const across = report.coverage
    .find(({ by }) => by === 'state')
    ?.rows.filter(({ value }) => there.includes(value))
    .reduce((sum, { total }) => sum + total, 0);
  const migrated = result.states.find(({ state }) => state === 'migrated')?.users;
  expect({ rows: result.legacy.rows, users: result.tenant.users, migrated }).toEqual({
    rows: report.counts[0]?.expected,
    users: across,
    migrated: across,
  });
});
