import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { sampleAccessLog, writeSampleAccessLog } from '#sample/access-log.ts';
import { generateSample } from '#sample/generate-sample.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

const NOW = Date.UTC(2026, 10, 24);
const OPTIONS = { seed: 3, users: 300, now: NOW, days: 200 };
const users = () => [...generateSample(OPTIONS)];
const linesOf = () => [...sampleAccessLog(users(), OPTIONS)];

it('ends with the last login of every row, and has none before the sign-up or the log', () => {
  const since = NOW - OPTIONS.days * 86_400_000;
  const byName = new Map<string, string[]>();
  for (const { time, user, event } of linesOf()) {
    if (event === 'login') byName.set(user.toLowerCase(), [...(byName.get(user.toLowerCase()) ?? []), time]);
  }
  const shared = new Set<string>();
  const seen = new Set<string>();
  for (const { row } of users()) {
    const name = (row.email ?? row.login_name).toLowerCase();
    if (seen.has(name)) shared.add(name);
    seen.add(name);
  }
  const wrong = users().flatMap(({ row }) => {
    const names = [row.email, row.login_name].flatMap((name) => (name === null ? [] : [name.toLowerCase()]));
    if (names.some((name) => shared.has(name))) return [];
    const times = names.flatMap((name) => byName.get(name) ?? []).sort();
    const last = row.last_login_at;
    const expected = last !== null && Date.parse(last) >= since && Date.parse(last) <= NOW ? last : undefined;
    const early = times.filter((time) => Date.parse(time) < Math.max(since, Date.parse(row.created_at)));
    return times.at(-1) === expected && early.length === 0 ? [] : [[row.id, last, times.at(-1), early[0]]];
  });
  expect([wrong, byName.size > 100]).toEqual([[], true]);
});

it('is the same every time, in a file packed or not', async () => {
  const folder = temporaryFolder('sample-log');
  await writeSampleAccessLog(join(folder, 'log.csv'), linesOf());
  await writeSampleAccessLog(join(folder, 'log.csv.gz'), linesOf());
  const plain = readFileSync(join(folder, 'log.csv'), 'utf8');
  expect([
    gunzipSync(readFileSync(join(folder, 'log.csv.gz'))).toString() === plain,
    plain.split('\n')[0],
  ]).toEqual([true, 'time,user,event']);
  expect(plain.split('\n').length).toBe(linesOf().length + 2);
});
