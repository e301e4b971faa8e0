import { expect, it } from 'vitest';
import { caveats, headline } from '#reporters/headline.ts';
import { reportFixture } from '#test/report-fixtures.ts';

it('answers in one sentence per phase', () => {
  expect({
    lazy: headline(reportFixture('lazy-findings')),
    bulk: headline(reportFixture('bulk-clean')),
    mixed: headline(reportFixture('mixed-incomplete')),
    none: headline({ ...reportFixture('bulk-clean'), counts: [], jobs: null }),
    files: headline({ ...reportFixture('bulk-clean'), counts: [] }),
  }).toEqual({
    lazy: ['18,412 of 20,000 users (92.1 %) can be migrated lazily; 1,204 fail and 384 were skipped.'],
    bulk: ['52,340 of 52,340 users (100 %) can be imported in bulk.'],
    mixed: [
      'Lazy migration: 6,019 of 6,200 users (97.1 %) can be migrated lazily; 181 fail.',
      'Bulk import: 9,000 of 13,800 users tried so far; 8,600 of them (95.6 %) can be imported in bulk; 400 fail.',
    ],
    none: ['The trial stopped before its first user.'],
    files: ['31 import jobs of files from elsewhere: 52,340 inserted, 0 updated, 0 refused.'],
  });
});

it('says first where everybody stands after a mixed trial', () => {
  const mixed = reportFixture('mixed-incomplete');
  const state = (value: string, total: number) => ({ value, total, ok: total, failed: 0, skipped: 0 });
  const finished = {
    ...mixed,
    counts: mixed.counts.map((phase) => ({ ...phase, finished: true })),
    coverage: [
      {
        phase: 'bulk' as const,
        by: 'state' as const,
        rows: [state('migrated', 600), state('imported-hash-pending', 390), state('legacy-only', 10)],
      },
    ],
  };
  expect(headline(finished)[0]).toBe(
    'After both phases 990 of 1,000 users (99.0 %) are in the user store; 10 users are left behind.',
  );
});

it('says what the answer does not prove', () => {
  expect({
    lazy: caveats(reportFixture('lazy-findings')),
    bulk: caveats(reportFixture('bulk-clean')),
    mixed: caveats(reportFixture('mixed-incomplete')),
  }).toEqual({
    lazy: [
      'All 19,616 password checks were answered by the rehearsal. That proves the scripts and profiles, not the passwords.',
    ],
    bulk: [],
    mixed: [
      'The trial is cancelled: the numbers cover only the users done so far.',
      '388 of the failures of the second phase (bulk import) are clashes with what the first (lazy migration) made. Many of these people are across already.',
      '5,990 password checks were answered by the rehearsal, 210 were really computed. An assumed check proves nothing about a password.',
      'Only a selection of the 20,000 users in the legacy store took part.',
    ],
  });
});
