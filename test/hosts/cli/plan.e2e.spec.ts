import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { TIER_NAMES } from '#domain/plan/tiers.ts';
import type { PlanResult } from '#contract/plan.ts';
import { jsonDocumentSchema } from '#hosts/cli/json-results.ts';
import { generateSample } from '#sample/generate-sample.ts';
import { sampleAccessLog, writeSampleAccessLog } from '#sample/access-log.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';
import { startUserferry, userferry } from '#test/userferry.ts';

const USERS = 400;
const NOW = Date.UTC(2026, 10, 24);
let project = '';
const place = (name: string) => join(project, name);
const plan = (...args: readonly string[]) =>
  userferry(['-p', project, 'plan', '--start', '2027-01-01', ...args]);
const LOG = () => ['--access-log', place('logins.csv.gz'), '--log-only', 'event=login'];

beforeAll(async () => {
  project = await sqliteSampleProject(join(temporaryFolder('plan-cli'), 'acme'), {
    users: USERS,
    nowMs: NOW,
  });
  const options = { seed: 1, now: NOW, days: 300 };
  await writeSampleAccessLog(
    place('logins.csv.gz'),
    sampleAccessLog(generateSample({ ...options, users: USERS }), options),
  );
});

async function documentOf(...args: readonly string[]) {
  const { code, stdout } = await plan('--json', ...args);
  const document = jsonDocumentSchema('plan').parse(JSON.parse(stdout)) as {
    exitCode: number;
    result: PlanResult;
  };
  expect(document.exitCode).toBe(code);
  return { code, result: document.result };
}

describe('a plan', () => {
  it('is one document with --json, with everything that a screen needs', async () => {
    const { code, result } = await documentOf(
      ...LOG(),
      '--days',
      '45',
      '--cutover',
      '2027-03-01',
      '--tier',
      'private-1x',
    );
    const { accessLog } = result.forecasts;
    if (accessLog?.kind !== 'made') throw new Error('no forecast');
    const { days, lazyEnd, cutover, tier } = result.schedule;
    expect({
      code,
      dates: [days, lazyEnd, cutover, tier],
      curve: [accessLog.curve.length > 15, accessLog.curve.at(-1)?.day],
      tests: accessLog.backTests.length,
      tiers: result.import.tiers.map((one) => one.tier),
      parts: [
        result.orders.length,
        result.irreversible.length > 8,
        result.resets.causes.length > 0,
        result.assumptions.length > 20,
      ],
    }).toEqual({
      code: 0,
      dates: [45, '2027-02-14', '2027-03-01', 'private-1x'],
      curve: [true, 45],
      tests: 7,
      tiers: [...TIER_NAMES],
      parts: [2, true, true, true],
    });
  });

  it.each([
    ['text', /^Migration plan of acme\n\nAbout \d+ of 400 users/],
    ['markdown', /^# Migration plan of acme\n\nAbout \d+ of 400 users/],
    ['html', /^<!doctype html>/],
    ['json', /^\{\n {2}"version": 1,/],
  ])('goes to the standard output as %s, and to a file', async (format, beginning) => {
    const shown = await plan('-f', format);
    const written = await plan('-f', format, '-o', place(`plan.${format}`));
    const same = (text: string) =>
      text.replaceAll(/\d{4}-\d\d-\d\d[T ][\d:.Z]+|[\d.]+ s\b|"milliseconds": \d+/g, '');
    expect([shown.stdout, written.stdout]).toEqual([
      expect.stringMatching(beginning),
      expect.stringMatching(new RegExp(`^Wrote .*plan\\.${format}\\.\n$`)),
    ]);
    expect(same(readFileSync(place(`plan.${format}`), 'utf8'))).toBe(same(shown.stdout));
  });

  it('says where figures come from and how the forecast was tested', async () => {
    const { stdout, code } = await plan(...LOG(), '--allow', '1000');
    expect([code, stdout]).toEqual([0, expect.stringContaining('Back-test: ')]);
    expect(stdout).toMatch(/from: measured on 400 legacy rows/);
    expect(stdout).toMatch(/assumption import-rate=enterprise/);
    expect(stdout).toMatch(/documented: rate limit policy/);
  });

  it('ends with 1 where no forecast could be made', async () => {
    const settings = place('userferry.json');
    const before = readFileSync(settings, 'utf8');
    const { fields, ...rest } = JSON.parse(before) as { fields: Record<string, unknown> };
    const { lastLogin: _unmapped, ...others } = fields;
    try {
      writeFileSync(settings, JSON.stringify({ ...rest, fields: others }));
      const { code, stdout } = await plan();
      expect([code, stdout]).toEqual([1, expect.stringContaining('plan.no-last-login')]);
    } finally {
      writeFileSync(settings, before);
    }
  });
});

describe('the leftovers', () => {
  it('are a sheet of masked people, readable by its owner only', async () => {
    const { code, stdout } = await plan('--leftovers', place('left.csv'));
    const [heading, ...rows] = readFileSync(place('left.csv'), 'utf8').trimEnd().split('\r\n');
    const { result } = await documentOf();
    const inNeed = result.resets.needs.reduce(
      (sum, { need, users }) => sum + (need === 'nothing' ? 0 : users),
      0,
    );
    expect({
      code,
      wrote: /Wrote .*left\.csv\.\n$/.test(stdout),
      heading,
      rows: rows.length,
      unmasked: rows.filter((row) => row.includes('@') && !row.includes('***@')),
      mode: process.platform === 'win32' ? 0o600 : statSync(place('left.csv')).mode & 0o777,
    }).toEqual({
      code: 0,
      wrote: true,
      heading: '"need","cause","key","legacy id","email","hash format","last login"',
      rows: inNeed,
      unmasked: [],
      mode: 0o600,
    });
  });

  it('have their addresses where that was asked for, and are not written when the plan fails', async () => {
    await plan('--leftovers', place('named.csv'), '--personal-data');
    const named = readFileSync(place('named.csv'), 'utf8');
    await plan('--leftovers', place('none.csv'), '--access-log', place('gone.csv'));
    expect([named.includes('***'), /@[\w.-]+\.example/.test(named), existsSync(place('none.csv'))]).toEqual([
      false,
      true,
      false,
    ]);
  });
});

describe('wrong use', () => {
  it.each([
    [['--log-user', 'who'], 'none was given'],
    [['--access-log', 'x.csv', '--log-only', 'login'], 'chooses no lines'],
    [['--days', '0'], 'whole number'],
    [['--tier', 'huge'], 'Allowed choices'],
    [['--cutover', 'soon'], 'cutover'],
    [['--cutover', '2026-12-31'], 'no day of lazy migration'],
    [['--access-log', '/nowhere/log.csv'], 'the access log cannot be read (ENOENT)'],
    [['--trial', '20200101-000000-0000'], 'trial'],
  ] as const)('%j ends with 2 and says why', async (args, message) => {
    const { code, stderr, stdout } = await plan(...args);
    expect([code, stdout, stderr.replaceAll(/\s+/g, ' ')]).toEqual([2, '', expect.stringContaining(message)]);
  });
});

it('Ctrl-C ends with 130 and leaves no list behind', async () => {
  const line = '2026-03-01T08:00:00Z,nobody@example.com\n';
  writeFileSync(place('long.csv'), `time,user\n${line.repeat(3_000_000)}`);
  const args = [
    '--json',
    '--progress',
    'json',
    '--leftovers',
    place('stopped.csv'),
    '--access-log',
    place('long.csv'),
  ];
  const { child, finished } = startUserferry(['-p', project, 'plan', ...args]);
  child.stderr!.on('data', (text: string) => {
    if (text.includes('"access-log"')) child.kill('SIGINT');
  });
  const { code, stdout } = await finished;
  expect([
    code,
    jsonDocumentSchema('plan').parse(JSON.parse(stdout)),
    existsSync(place('stopped.csv')),
  ]).toEqual([130, { version: 1, command: 'plan', exitCode: 130, result: { stopped: true } }, false]);
});
