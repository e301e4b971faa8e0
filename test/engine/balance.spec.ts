import { expect, it } from 'vitest';
import type { Report } from '#contract/report.ts';
import { assertBalanced } from '#engine/report/balance.ts';

const phase: Report['counts'][number] = {
  phase: 'bulk',
  expected: 10,
  done: 10,
  ok: 7,
  failed: 2,
  skipped: 1,
  finished: true,
  seconds: 1,
};

const cause = (status: 'failed' | 'skipped', users: number): Report['causes'][number] => ({
  phase: 'bulk',
  status,
  users,
  code: 'x.y',
  severity: 'error',
  title: '',
  meaning: '',
  fix: '',
  samples: [],
});

const causes = [cause('failed', 1), cause('failed', 1), cause('skipped', 1)];

it('accepts totals that add up', () => {
  expect(() => assertBalanced([phase], causes)).not.toThrow();
});

it.each<[string, Report['counts'][number], Report['causes']]>([
  ['statuses do not make up what is done', { ...phase, ok: 6 }, causes],
  ['more is done than expected', { ...phase, expected: 9 }, causes],
  ['a finished phase has users left', { ...phase, expected: 11 }, causes],
  ['a failure has no cause', phase, causes.slice(1)],
  ['a skip has no cause', phase, causes.slice(0, 2)],
])('refuses to print a report in which %s', (_what, counts, given) => {
  expect(() => assertBalanced([counts], given)).toThrow(/balance|done of|explain/);
});
