import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Coverage } from '#contract/coverage.ts';
import { startEngine } from '#test/engine.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

const USERS = 600;
let folder = '';
let project = '';
let trial = '';
const engine = startEngine();

beforeAll(async () => {
  folder = temporaryFolder('coverage');
  project = await sqliteSampleProject(join(folder, 'acme'), { users: USERS });
  const report = await engine.trial({ project, kind: 'bulk' });
  trial = report.trial.id;
});
afterAll(async () => {
  await engine.close();
  removeFolder(folder);
});

const phaseOf = ({ phases }: Coverage) => phases[0]!;

it('counts users by a column as the legacy database does', async () => {
  const db = new Database(join(project, 'legacy.db'), { readonly: true });
  const years = db
    .prepare<[], { value: string; total: number }>(
      "SELECT strftime('%Y', created_at) AS value, count(*) AS total FROM app_users GROUP BY 1 ORDER BY 1",
    )
    .all();
  db.close();
  const coverage = await engine.client.coverage.show({ project, trial, by: 'created_at' });
  expect({
    by: coverage.by,
    columns: coverage.attributes.find(({ name }) => name === 'createdAt')?.columns,
    rows: phaseOf(coverage).rows.flatMap(({ value, total }) =>
      /^\d+$/.test(value) ? [{ value, total }] : [],
    ),
    total: phaseOf(coverage).rows.reduce((sum, row) => sum + row.total, 0),
  }).toEqual({
    by: 'createdAt',
    columns: ['created_at'],
    rows: years.filter(({ value }) => value !== null),
    total: USERS,
  });
});

it('lists as many users as it counts, whichever number is asked for', async () => {
  const coverage = await engine.client.coverage.show({ project, trial, by: 'plan' });
  expect(coverage.by).toBe('appMetadata.plan');
  const numbers: [counted: number, listed: number, total: number][] = [];
  const count = async (
    users: number,
    filter: Parameters<typeof engine.client.coverage.users>[0]['filter'],
  ) => {
    const page = await engine.client.coverage.users({ project, trial, phase: 'bulk', filter, limit: 1000 });
    numbers.push([users, page.users.length, page.total]);
  };
  for (const row of phaseOf(coverage).rows.filter(({ collective }) => !collective)) {
    const of = { by: 'plan', value: row.value } as const;
    await count(row.failed, { ...of, status: 'failed' });
    for (const { script, scenario, outcomes } of row.scripts) {
      for (const { outcome, users } of outcomes) await count(users, { ...of, script, scenario, outcome });
    }
  }
  expect(numbers.length).toBeGreaterThan(6);
  expect(numbers.filter(([counted, listed, total]) => counted !== listed || counted !== total)).toEqual([]);
});

it('keeps values that few users have to itself unless they are asked for', async () => {
  const named = async (personalData: boolean) => {
    const by = 'appMetadata.customer_number';
    const coverage = await engine.client.coverage.show({ project, trial, by, limit: 200, personalData });
    return phaseOf(coverage).rows.filter(({ collective }) => !collective).length;
  };
  expect([await named(false), await named(true)]).toEqual([0, 100]);
});

it('says which attributes there are where one is not known', async () => {
  await expect(engine.client.coverage.show({ project, trial, by: 'shoe size' })).rejects.toMatchObject({
    data: { kind: 'input-invalid', help: expect.stringContaining('emailDomain') },
  });
});

it('refuses trials that kept less than everybody', async () => {
  const db = new Database(join(project, 'trials', trial, 'replica.db'));
  db.exec('UPDATE coverage SET ok = 0');
  db.close();
  await expect(engine.client.coverage.show({ project, trial })).rejects.toMatchObject({
    data: { kind: 'input-invalid' },
    message: `trial ${trial} was recorded before coverage was kept`,
  });
});
