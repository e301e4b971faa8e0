import { describe, expect, it } from 'vitest';
import type { Progress } from '#contract/trials.ts';
import { liveRecord } from '#renderer/features/trials/live-record.ts';
import { noted, useTrialProgress } from '#renderer/stores/trial-progress.ts';
import { reportFixture } from '#test/report-fixtures.ts';

const progress = (change: Partial<Progress>): Progress => ({
  trial: 't',
  status: 'running',
  phase: 'lazy',
  expected: 100,
  done: 40,
  ok: 30,
  failed: 10,
  skipped: 0,
  rate: 20,
  etaSeconds: 3,
  note: null,
  ...change,
});

describe('a trial as it stands', () => {
  const [phase] = reportFixture('lazy-findings').counts;
  const record = {
    ...reportFixture('lazy-findings').trial,
    status: 'running' as const,
    phases: [{ ...phase!, expected: 100, done: 20, ok: 20, failed: 0, skipped: 0, finished: false }],
  };

  it('takes the newest counts, and never goes back behind the record', () => {
    const done = (change: Partial<Progress>) =>
      liveRecord(record, progress(change)).phases.map((one) => [one.done, one.failed]);
    expect([done({}), done({ done: 10, ok: 10, failed: 0 }), done({ phase: 'bulk' })]).toEqual([
      [[40, 10]],
      [[20, 0]],
      [[20, 0]],
    ]);
  });

  it('says what it waits for, and believes the record once it has ended', () => {
    const words = [
      liveRecord(record, undefined),
      liveRecord(record, progress({ status: 'paused', pausedBy: 'database' })),
      liveRecord({ ...record, status: 'finished' }, progress({})),
    ].map((live) => [live.status, live.words]);
    expect(words).toEqual([
      ['running', 'running'],
      ['paused', 'waiting for the database'],
      ['finished', 'finished'],
    ]);
  });
});

it('draws one rate a second, nothing while it waits, and forgets the oldest', () => {
  let rates = noted([], progress({ rate: null }), 0);
  expect(rates).toEqual([]);
  rates = noted(rates, progress({ rate: 5 }), 0);
  rates = noted(rates, progress({ rate: 6 }), 900);
  rates = noted(rates, progress({ status: 'paused', rate: null }), 1_000);
  expect(rates).toEqual([
    { atMs: 0, rate: 5 },
    { atMs: 1_000, rate: 0 },
  ]);
  for (let second = 2; second < 400; second++)
    rates = noted(rates, progress({ rate: second }), second * 1_000);
  expect([rates.length, rates.at(0)?.rate, rates.at(-1)?.rate]).toEqual([180, 220, 399]);
});

it('takes the last word from the record where the stream did not bring it', () => {
  const { note, ended, runningIn } = useTrialProgress.getState();
  const { trial } = reportFixture('lazy-findings');
  const seen = () => {
    const { status, done, rate } = useTrialProgress.getState().trials[trial.id]!.progress;
    return [status, done, rate, runningIn('/acme') !== undefined];
  };
  note('/acme', progress({ trial: trial.id }));
  ended('/acme', { ...trial, status: 'running' });
  const still = seen();
  ended('/acme', { ...trial, status: 'finished' });
  const over = seen();
  // What has ended already keeps what it said last.
  ended('/acme', { ...trial, status: 'cancelled' });
  expect([still, over, seen()]).toEqual([
    ['running', 40, 20, true],
    ['finished', trial.phases.at(-1)?.done, null, false],
    ['finished', trial.phases.at(-1)?.done, null, false],
  ]);
});
