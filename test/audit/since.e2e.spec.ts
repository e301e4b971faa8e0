import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { exportTarget, runAuditOf } from '#test/audit-run.ts';
import { exportLines, PLANTED_SETTINGS, writePlantedLegacy } from '#test/planted-audit.ts';
import { projectFolder } from '#test/project-folder.ts';
import { userferry } from '#test/userferry.ts';

const USERS = 2_000;
let folder: string;
const place = (name: string) => join(folder, name);
const audit = (...args: readonly string[]) => userferry(['-p', folder, 'audit', '--json', ...args]);

/** Two days of one tenant: on the second one some more have migrated, one is gone and one is new. */
beforeAll(async () => {
  folder = projectFolder({ 'userferry.json': PLANTED_SETTINGS });
  writePlantedLegacy(place('legacy.db'), USERS);
  const lines = [...exportLines(USERS)];
  const isMigrated = (line: string, id: number) => line.includes(`"user_id":"auth0|L${id}"`);
  const late = [600, 601, 602, 1600, 1601];
  writeFileSync(
    place('monday.json'),
    lines.filter((line) => !late.some((id) => isMigrated(line, id))).join('\n'),
  );
  const gone = lines.filter((line) => !isMigrated(line, 700) && !line.includes('auth0|stranger-1005'));
  const fresh = lines
    .find((line) => line.includes('auth0|stranger-1004'))!
    .replaceAll('stranger-1004', 'stranger-new')
    .replaceAll('stranger.1004', 'stranger.new');
  writeFileSync(place('tuesday.json'), [...gone, fresh].join('\n'));
});

interface Change {
  readonly from: string | null;
  readonly to: string | null;
  readonly users: number;
}

describe('watching a migration', () => {
  it('tells what changed since the list of an earlier audit', async () => {
    await audit('--against', place('monday.json'), '--list', place('monday.ndjson'));
    const { stdout } = await audit('--against', place('tuesday.json'), '--since', place('monday.ndjson'));
    const { changes } = (JSON.parse(stdout) as { result: { changes: { users: number; groups: Change[] } } })
      .result;
    const groups = changes.groups.map(({ from, to, users }) => [from, to, users]);
    expect({ users: changes.users, groups }).toEqual({
      users: 8,
      groups: [
        ['not-yet audit.not-migrated', 'migrated', 5],
        ['migrated', 'not-yet audit.not-migrated', 1],
        ['stranger audit.stranger', null, 1],
        [null, 'stranger audit.stranger', 1],
      ],
    });
  });

  it('finds nothing between two audits of the same export', async () => {
    await audit('--against', place('monday.json'), '--list', place('same.ndjson'));
    const { result } = await runAuditOf({
      project: folder,
      against: exportTarget(folder, 'monday.json'),
      since: { kind: 'audit', file: place('same.ndjson') },
    });
    expect(result.changes).toMatchObject({ users: 0, groups: [] });
  });

  it('counts and lists people with something new since a date', async () => {
    const { result, people } = await runAuditOf({
      project: folder,
      against: exportTarget(folder, 'tuesday.json'),
      since: { kind: 'date', date: '2026-04-01T00:30:00Z' },
      filter: { states: ['migrated'] },
      list: true,
    });
    const migrated = result.changes?.groups.find(({ to }) => to === 'migrated')?.users;
    const early = people.filter(({ seenAt }) => seenAt! < '2026-04-01T00:30:00.000Z');
    expect([people.length, migrated === people.length, early]).toEqual([result.selected, true, []]);
  });

  it('refuses lists that leave people out, and files that are none', async () => {
    await audit('--against', place('monday.json'), '--list', place('some.ndjson'), '--state', 'migrated');
    const messages = [];
    for (const file of ['some.ndjson', 'monday.json']) {
      const { stdout, code } = await audit('--against', place('tuesday.json'), '--since', place(file));
      messages.push([code, (JSON.parse(stdout) as { error: { message: string } }).error.message]);
    }
    expect(messages).toEqual([
      [2, 'the list of the earlier audit leaves people out'],
      [2, 'the file is not the list of an earlier audit'],
    ]);
  });
});

describe('filters of lists', () => {
  it('leave totals alone', async () => {
    const { result, people } = await runAuditOf({
      project: folder,
      against: exportTarget(folder, 'tuesday.json'),
      filter: { states: ['conflict'], domain: 'MAIL-14.example' },
      list: true,
      personalData: true,
      values: true,
    });
    expect({
      rows: result.legacy.rows,
      states: [...new Set(people.map(({ state }) => state))],
      domains: [...new Set(people.map(({ email }) => email?.split('@')[1]))],
      selected: result.selected === people.length && people.length > 0,
      values: people[0]?.values,
    }).toEqual({
      rows: USERS,
      states: ['conflict'],
      domains: ['mail-14.example'],
      selected: true,
      values: [],
    });
  });

  it('put values into lists only when asked', async () => {
    const { people } = await runAuditOf({
      project: folder,
      against: exportTarget(folder, 'tuesday.json'),
      values: true,
      list: true,
    });
    expect(people.find(({ legacyId }) => legacyId === 'L340')?.values).toEqual([
      { attribute: 'given_name', legacy: 'Ada 340', tenant: 'Grace' },
      { attribute: 'family_name', legacy: 'Lovelace 340', tenant: 'Hopper' },
    ]);
  });
});

it('keeps no personal data in lists and results unless asked', async () => {
  await audit(
    '--against',
    place('monday.json'),
    '--list',
    place('masked.ndjson'),
    '-o',
    place('masked.html'),
  );
  const { stdout } = await audit('--against', place('monday.json'));
  const texts = [
    readFileSync(place('masked.ndjson'), 'utf8'),
    readFileSync(place('masked.html'), 'utf8'),
    stdout,
  ];
  expect(texts.map((text) => /@(mail|new|example)|Lovelace|Grace/i.test(text))).toEqual([
    false,
    false,
    false,
  ]);
});
