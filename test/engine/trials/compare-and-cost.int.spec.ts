import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEngine } from '#test/engine.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

const engine = startEngine();
const { client } = engine;
const project = join(temporaryFolder('compare'), 'acme');
const phase = 'bulk' as const;
let pair: { a: string; b: string } = { a: '', b: '' };
let firstCost = '';

/** Fewer users, and no telephone numbers, whose bad values the import refuses. */
function edit(): void {
  const file = join(project, 'userferry.json');
  const settings = JSON.parse(readFileSync(file, 'utf8')) as { fields: object };
  writeFileSync(
    file,
    JSON.stringify({ ...settings, fields: { ...settings.fields, phoneNumber: undefined } }),
  );
}

beforeAll(async () => {
  await sqliteSampleProject(project, { users: 900 });
  firstCost = (await client.trials.cost({ project, kind: 'bulk' })).basis;
  const a = await engine.trial({ project, kind: 'bulk' });
  edit();
  const b = await engine.trial({ project, kind: 'bulk', filter: { limit: 890 } });
  pair = { a: a.trial.id, b: b.trial.id };
}, 120_000);
afterAll(async () => {
  await engine.close();
  removeFolder(project);
});

async function usersOf(change: Parameters<typeof client.trials.changed>[0]['change']): Promise<string[]> {
  const keys: string[] = [];
  for (let after: number | null = -1; after !== null; ) {
    const page: Awaited<ReturnType<typeof client.trials.changed>> = await client.trials.changed({
      project,
      ...pair,
      phase,
      change,
      after,
      limit: 7,
    });
    keys.push(...page.users.map(({ key }) => JSON.stringify(key)));
    after = page.next;
  }
  return keys;
}

it('lists exactly the users behind every row of a comparison', async () => {
  const comparison = await client.trials.compare({ project, ...pair, phase });
  expect([comparison.fixed > 0, comparison.onlyInA, comparison.onlyInB]).toEqual([true, 10, 0]);
  for (const { from, to, users, samples } of comparison.groups) {
    const keys = await usersOf({ from, to });
    expect({ from, to, users: new Set(keys).size, first: keys.slice(0, samples.length) }).toEqual({
      from,
      to,
      users,
      first: samples.map(({ key }) => JSON.stringify(key)),
    });
  }
  expect([(await usersOf({ onlyIn: 'a' })).length, await usersOf({ onlyIn: 'b' })]).toEqual([10, []]);
});

it('reckons the cost with what the last trial of the sort took, once there is one', async () => {
  const [next, other] = await Promise.all([
    client.trials.cost({ project, kind: 'bulk' }),
    client.trials.cost({ project, kind: 'lazy' }),
  ]);
  expect(firstCost).toBe('12,000 imported users a second');
  expect(next.basis).toMatch(new RegExp(`users a second, as in the bulk phase of trial ${pair.b}$`));
  expect(other.basis).toMatch(/script runs and \d+ true bcrypt-10 checks a second$/);
});

it.each([
  ['html', 'html', '<!doctype html>'],
  ['markdown', 'md', '# Bulk import trial of acme'],
  ['json', 'json', '{'],
  ['csv', 'csv', '"phase","status"'],
  ['junit', 'xml', '<?xml version="1.0" encoding="UTF-8"?>'],
] as const)('renders the report as %s under a name of its own', async (format, extension, start) => {
  const { fileName, text } = await client.trials.render({ project, trial: pair.a, format });
  expect([fileName, text.startsWith(start)]).toEqual([`userferry-${pair.a}.${extension}`, true]);
});

it('shows the same users of a cohort at a place as a walk to it does', async () => {
  const base = { project, trial: pair.a, phase } as const;
  const filter = { by: 'createdAt', value: await commonYear() };
  const walked: Awaited<ReturnType<typeof client.coverage.users>>['users'] = [];
  for (let after: number | null = -1; after !== null; ) {
    const page: Awaited<ReturnType<typeof client.coverage.users>> = await client.coverage.users({
      ...base,
      filter,
      after,
      limit: 10,
    });
    walked.push(...page.users);
    after = page.next;
  }
  const places = [0, 1, 17, walked.length - 2, walked.length, walked.length + 5];
  const pages = [];
  for (const at of places) pages.push(await client.coverage.users({ ...base, filter, at, limit: 3 }));
  expect(pages.map(({ users, total }) => ({ users, total }))).toEqual(
    places.map((at) => ({ users: walked.slice(at, at + 3), total: walked.length })),
  );
});

async function commonYear(): Promise<string> {
  const { phases } = await client.coverage.show({ project, trial: pair.a, by: 'createdAt' });
  const rows = phases[0]?.rows ?? [];
  return rows.toSorted((a, b) => b.total - a.total)[0]?.value ?? '';
}
