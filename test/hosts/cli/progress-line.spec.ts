import { expect, it } from 'vitest';
import type { Progress } from '#contract/trials.ts';
import { progressLine } from '#hosts/cli/progress-line.ts';

const progress = (changes: Partial<Progress>): Progress => ({
  trial: '20261124-064012-1a2b',
  status: 'running',
  phase: 'lazy',
  expected: 20_000,
  done: 4_000,
  ok: 3_900,
  failed: 80,
  skipped: 20,
  rate: 1_480.4,
  etaSeconds: 130.6,
  note: null,
  ...changes,
});

it('says where a trial stands', () => {
  expect([
    progressLine(progress({}), 200),
    progressLine(progress({ failed: 0, skipped: 0, rate: null, etaSeconds: null }), 200),
    progressLine(progress({ status: 'paused', note: 'db.acme.example:5432\ndoes not answer' }), 200),
    progressLine(
      progress({ phase: null, expected: 0, done: 0, failed: 0, skipped: 0, rate: null, etaSeconds: null }),
      200,
    ),
    progressLine(progress({}), 30),
  ]).toEqual([
    'Lazy migration · 4,000/20,000 (20.0 %) · 1,480 users/s · 2 min 11 s left · 80 failed · 20 skipped',
    'Lazy migration · 4,000/20,000 (20.0 %)',
    'Lazy migration · 4,000/20,000 (20.0 %) · 1,480 users/s · 2 min 11 s left · 80 failed · 20 skipped · paused: db.acme.example:5432 does not answer',
    'Starting · 0/0 (–)',
    'Lazy migration · 4,000/20,000…',
  ]);
});
