import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PlanResult } from '#contract/plan.ts';
import type { Report } from '#contract/report.ts';
import { generateSample } from '#sample/generate-sample.ts';
import { sampleAccessLog, writeSampleAccessLog } from '#sample/access-log.ts';
import { startEngine } from '#test/engine.ts';
import { codesOf, type FinishedPlan, runPlanOf } from '#test/plan-run.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

const USERS = 300;
const NOW = Date.UTC(2026, 10, 24);
const DATES = { start: '2027-01-01', days: 60 };

let project = '';
let log: { files: string[]; only: { event: string } };
let bare: FinishedPlan;
let bulk: Report;
let lazy: Report;
let mixed: Report;
let full: FinishedPlan;

beforeAll(async () => {
  project = await sqliteSampleProject(join(temporaryFolder('plan'), 'acme'), { users: USERS, nowMs: NOW });
  const options = { seed: 1, now: NOW, days: 365 };
  log = { files: [join(project, 'logins.csv.gz')], only: { event: 'login' } };
  await writeSampleAccessLog(
    log.files[0]!,
    sampleAccessLog(generateSample({ ...options, users: USERS }), options),
  );
  bare = await runPlanOf({ project, ...DATES });
  const engine = startEngine();
  const slow = { project, timeLimitMs: 1500 };
  bulk = await engine.trial({ project, kind: 'bulk' });
  lazy = await engine.trial({ ...slow, kind: 'lazy', depth: 'assumed' });
  mixed = await engine.trial({ ...slow, kind: 'mixed', depth: 'profiles', order: 'lazy-first' });
  await engine.close();
  full = await runPlanOf({ project, ...DATES, accessLog: log, list: true });
});

const countsOf = (report: Report, phase: 'lazy' | 'bulk') =>
  report.counts.find((one) => one.phase === phase)!;
const inState = (report: Report, state: string) =>
  report.coverage.find(({ by }) => by === 'state')!.rows.find(({ value }) => value === state)?.total ?? 0;
const usersOf = (plan: PlanResult, bulkFate: string) =>
  plan.fates.reduce((sum, one) => sum + (one.bulk === bulkFate ? one.users : 0), 0);

describe('files of the import', () => {
  const figures = ({ import: { records, keptOut, files, bytes, largestFile } }: PlanResult) =>
    [records, keptOut, files, bytes, largestFile].map(({ value }) => value);

  it('measured on the rows are those that the trial then wrote', () => {
    const { jobs } = bulk;
    expect([figures(bare.result), bare.result.import.files.from]).toEqual([
      figures(full.result),
      [
        { kind: 'measured', what: 'legacy rows', count: USERS },
        { kind: 'documented', what: 'import files of at most 500 KB' },
      ],
    ]);
    expect([full.result.import.files.value, full.result.import.bytes.value]).toEqual([
      jobs!.files,
      jobs!.bytes,
    ]);
  });

  it('come from the trial once there is one', () => {
    const { files, bytes, refused } = full.result.import;
    const trial = { kind: 'trial', trial: bulk.trial.id };
    expect([files.from[0], bytes.from, refused?.from, bare.result.import.refused]).toEqual([
      trial,
      [trial],
      [trial],
      null,
    ]);
    expect(refused!.value).toBe(bulk.jobs!.failed);
  });

  it('take as long as two jobs at once let them, tier by tier', () => {
    const { tiers, records } = full.result.import;
    const chosen = tiers.filter((one) => one.chosen).map(({ tier }) => tier);
    const { seconds, usersPerSecond } = tiers.find(({ tier }) => tier === 'enterprise')!;
    const free = tiers.find(({ tier }) => tier === 'free')!.seconds!;
    expect([chosen, Math.round(usersPerSecond!.value), Math.round(free.value / seconds!.value)]).toEqual([
      ['enterprise'],
      111,
      10,
    ]);
    // One file: one job, at its share of the rate.
    expect(seconds!.value).toBeCloseTo((records.value * 2) / 111, 1);
    expect(tiers.filter((one) => one.seconds === null).length).toBe(6);
  });
});

describe('what trials say about users', () => {
  it('is what their reports say', () => {
    const { result } = full;
    expect({
      trials: [
        result.trials.bulk?.trial,
        result.trials.lazy?.trial,
        result.trials.mixed.map(({ trial }) => trial),
      ],
      refused: usersOf(result, 'refused'),
      random: usersOf(result, 'no-password'),
      users: result.fates.reduce((sum, { users }) => sum + users, 0),
    }).toEqual({
      trials: [bulk.trial.id, lazy.trial.id, [mixed.trial.id]],
      refused: inState(bulk, 'legacy-only'),
      random: inState(bulk, 'imported-random-password'),
      users: countsOf(bulk, 'bulk').done,
    });
    const works = result.fates.reduce((sum, one) => sum + (one.lazy === 'works' ? one.users : 0), 0);
    expect(works).toBe(inState(lazy, 'migrated'));
  });

  it('is missed where there are none, and then said what to run', () => {
    expect([codesOf(bare.result), codesOf(full.result)]).toEqual([
      ['plan.no-bulk-trial', 'plan.no-lazy-trial', 'plan.no-mixed-trial', ...staleCopy(bare.result)],
      ['plan.no-mixed-trial', ...staleCopy(full.result), 'plan.durations-without-checks'],
    ]);
    const commands = full.result.diagnostics
      .map(({ help }) => help ?? '')
      .filter((help) => help.includes('mixed'));
    expect(commands).toEqual(['Run userferry trial mixed --order bulk-first, then plan again.']);
  });

  /** The sample is of a fixed day: how old it is depends on when the test runs. */
  const staleCopy = (plan: PlanResult) => codesOf(plan).filter((code) => code === 'plan.copy-is-older');

  it('shows in what each order breaks', () => {
    const byCode = (order: 'lazy-first' | 'bulk-first') =>
      Object.fromEntries(
        full.result.orders.find((one) => one.order === order)!.breaks.map(({ code, users }) => [code, users]),
      );
    const needs = Object.fromEntries(full.result.resets.needs.map(({ need, users }) => [need, users]));
    const [first, second] = [byCode('lazy-first'), byCode('bulk-first')];
    expect([
      first['plan.reset-unless-login']!.upper <= needs['reset-unless-login']!,
      second['plan.loses-lazy-login']!.expected,
    ]).toEqual([true, needs['reset-unless-login']]);
    expect(first['plan.across-already']).toEqual({
      expected: expect.any(Number),
      lower: expect.any(Number),
      upper: expect.any(Number),
      from: [{ kind: 'trial', trial: mixed.trial.id }],
    });
    const clashes = mixed.clashes.reduce((sum, { users }) => sum + users, 0);
    expect((first['plan.across-already']?.expected ?? 0) + (first['plan.clashes']?.expected ?? 0)).toBe(
      clashes,
    );
    expect(full.result.orders.filter(({ recommended }) => recommended).length).toBe(1);
  });
});

describe('the forecast', () => {
  it('is made from the last logins where there is no log', () => {
    const { forecasts } = bare.result;
    expect([forecasts.used, forecasts.lastLogin.kind, forecasts.accessLog]).toEqual([
      'last-login',
      'made',
      null,
    ]);
  });

  it('is made from the log where there is one, tested on its past, and agrees with the last logins', () => {
    const { used, accessLog, lastLogin } = full.result.forecasts;
    if (accessLog?.kind !== 'made' || lastLogin.kind !== 'made') throw new Error('no forecast');
    expect([used, accessLog.backTests.map(({ days }) => days), accessLog.insideOf.all]).toEqual([
      'access-log',
      [30, 30, 30, 30, 30, 30, 60],
      7,
    ]);
    expect(accessLog.insideOf.inside).toBeGreaterThanOrEqual(5);
    expect(Math.abs(accessLog.atEnd.expected! - lastLogin.atEnd.expected!)).toBeLessThan(USERS * 0.05);
    expect(accessLog.curve.at(-1)).toMatchObject({
      day: 60,
      date: '2027-03-01',
      expected: accessLog.atEnd.expected,
    });
    // The cutover comes two days after the last day of the lazy phase: the day of the import lies between.
    const until = [accessLog, lastLogin].map(
      ({ atEnd, atCutover }) => atCutover!.expected! - atEnd.expected!,
    );
    expect(until.every((more) => more >= 0 && more < USERS * 0.05)).toBe(true);
    expect(accessLog.atEnd.from).toEqual([
      { kind: 'forecast', by: 'access-log' },
      { kind: 'measured', what: 'log lines', count: full.result.accessLog!.used },
    ]);
  });

  it('knows every line of the log', () => {
    const { lines, used, elsewhere, filtered, broken, future } = full.result.accessLog!;
    expect([elsewhere, broken, future, filtered > 0, lines]).toEqual([0, 0, 0, true, used + filtered]);
  });
});

describe('scripts at once', () => {
  it('are those of the busiest hour of the log, as long as they ran in the trial', () => {
    const { peak } = full.result;
    const [mean, slow, limit] = peak!.durations;
    expect([mean!.kind, slow!.kind, limit!.milliseconds.value]).toEqual(['mean', 'slow', 20_000]);
    expect(mean!.milliseconds.from[0]).toEqual({ kind: 'trial', trial: lazy.trial.id });
    expect(mean!.milliseconds.value > 0 && slow!.milliseconds.value >= mean!.milliseconds.value).toBe(true);
    expect(peak!.loginsPerSecond.value).toBe(peak!.hour.logins.value / 3600);
    expect([peak!.limit.value, bare.result.peak]).toEqual([250, null]);
  });

  it('are held against the limit of the tenant that was chosen', async () => {
    const { result } = await runPlanOf({ project, ...DATES, accessLog: log, tier: 'private-5x' });
    expect([
      result.peak!.limit.value,
      codesOf(result).includes('plan.rate-unknown'),
      result.schedule.importEnd,
    ]).toEqual([400, true, null]);
  });
});

describe('people in need', () => {
  it('are listed one by one, masked, with what they need and why', () => {
    const { people, result } = full;
    const counted = (need: string) => people.filter((one) => one.need === need).length;
    expect({
      listed: people.length,
      needs: result.resets.needs
        .filter(({ need }) => need !== 'nothing')
        .map(({ need }) => [need, counted(need)]),
      masked: people.filter(({ email }) => email !== null && !email.includes('***')),
      bare: bare.people,
    }).toEqual({
      listed: result.resets.listed,
      needs: result.resets.needs
        .filter(({ need }) => need !== 'nothing')
        .map(({ need, users }) => [need, users]),
      masked: [],
      bare: [],
    });
  });

  it('have their e-mail addresses where that was asked for', async () => {
    const { people, result } = await runPlanOf({ project, ...DATES, list: true, personalData: true });
    const addresses = people.flatMap(({ email }) => (email === null ? [] : [email]));
    expect([
      result.personalData,
      addresses.filter((email) => email.includes('***')),
      addresses.length > 10,
    ]).toEqual(['shown', [], true]);
    const database = readFileSync(join(project, 'legacy.db'));
    expect(addresses.filter((email) => !database.includes(email))).toEqual([]);
  });
});

describe('dates', () => {
  const datesOf = async (dates: { start?: string; days?: number; cutover?: string }) => {
    const { result } = await runPlanOf({ project, ...dates });
    const { days, lazyEnd, importEnd, cutover } = result.schedule;
    return [days, lazyEnd, importEnd, cutover, codesOf(result).includes('plan.cutover-before-import-ends')];
  };

  it.each([
    ['nothing but a start', { start: '2027-01-01' }, [90, '2027-03-31', '2027-04-01', '2027-04-02', false]],
    ['a length', { start: '2027-01-01', days: 1 }, [1, '2027-01-01', '2027-01-02', '2027-01-03', false]],
    [
      'a cutover, from which the import gets its day',
      { start: '2027-01-01', cutover: '2027-02-01' },
      [30, '2027-01-30', '2027-01-31', '2027-02-01', false],
    ],
    [
      'a cutover in the middle of the lazy phase',
      { start: '2027-01-01', days: 40, cutover: '2027-02-01' },
      [40, '2027-02-09', '2027-02-10', '2027-02-01', true],
    ],
    [
      'a cutover on the day of the import',
      { start: '2027-01-01', days: 31, cutover: '2027-02-01' },
      [31, '2027-01-31', '2027-02-01', '2027-02-01', true],
    ],
  ] as const)('follow from %s', async (_name, dates, expected) => {
    expect(await datesOf(dates)).toEqual(expected);
  });

  it.each([
    [{ start: '2027-01-01', cutover: '2027-01-02' }],
    [{ start: '2027-01-01', days: 10, cutover: '2027-01-01' }],
  ])('without a day between start and cutover are refused', async (dates) => {
    await expect(runPlanOf({ project, ...dates })).rejects.toMatchObject({
      message: expect.stringContaining('leaves no day of lazy migration'),
    });
  });
});

describe('what cannot be taken back', () => {
  it('has the dates of the plan, and the users it is about', () => {
    const { irreversible, schedule } = full.result;
    const dates = irreversible.flatMap(({ date }) => date ?? []);
    expect([dates, dates[0], dates.at(-1)]).toEqual([dates.toSorted(), schedule.start, schedule.cutover]);
    const lazyWay = irreversible.find(({ title }) => title.startsWith('the lazy way is closed'));
    expect(lazyWay?.users?.value).toBe(full.result.import.withoutPassword.value);
  });
});

describe('a plan', () => {
  it('can be cancelled while it reads, and then has no result', async () => {
    const engine = startEngine();
    const controller = new AbortController();
    const events: string[] = [];
    const run = async () => {
      const stream = await engine.client.plan.make(
        { project, list: true, accessLog: log },
        { signal: controller.signal },
      );
      for await (const event of stream) {
        events.push(event.type);
        controller.abort();
      }
    };
    await run().catch(() => undefined);
    await engine.close();
    expect([events.includes('result'), engine.bugs]).toEqual([false, []]);
  });

  it('rests on the trials that are named, and only on finished ones that are there', async () => {
    const { result } = await runPlanOf({ project, ...DATES, trials: [mixed.trial.id] });
    expect([
      result.trials.bulk,
      result.trials.lazy?.trial,
      codesOf(result).includes('plan.logins-not-rehearsed'),
    ]).toEqual([null, mixed.trial.id, true]);
    await expect(runPlanOf({ project, trials: ['20200101-000000-0000'] })).rejects.toMatchObject({
      data: { kind: 'trial-missing' },
    });
  });

  it('allows as many left behind as it is told', async () => {
    const left = full.result.resets.needs.find(({ need }) => need === 'left')!.users;
    const verdict = async (allow: number) =>
      (await runPlanOf({ project, ...DATES, accessLog: log, allow })).result.verdict;
    expect([left > 0, full.result.verdict, await verdict(left - 1), await verdict(left)]).toEqual([
      true,
      'findings',
      'findings',
      'clean',
    ]);
  });
});
