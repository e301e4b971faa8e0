import { expect, it } from 'vitest';
import type { UserOutcome } from '#domain/migration/outcome.ts';
import { OUTCOMES_HEAD, outcomeRows } from '#reporters/outcome-list.ts';

const outcome: UserOutcome = {
  position: 3,
  key: ['=cmd|x', 7],
  legacyId: '@SUM(A1)',
  phase: 'lazy',
  status: 'failed',
  cause: 'script.threw',
  state: 'legacy-only',
  findings: [
    { code: 'script.threw', detail: 'for "Ada"' },
    { code: 'profile.email-invalid', detail: 'ada@' },
  ],
  cohorts: { hashFormat: 'none', lastLogin: 'never', emailDomain: 'none' },
  ms: 12,
};

it('is a sheet that runs nothing when it is opened, and tells no detail about anybody', () => {
  const ok: UserOutcome = {
    ...outcome,
    key: ['a"b'],
    legacyId: null,
    status: 'ok',
    cause: null,
    findings: [],
  };
  expect((OUTCOMES_HEAD + outcomeRows([outcome, ok])).split('\r\n')).toEqual([
    '"position","key","legacy id","phase","status","cause","state","findings"',
    `3,"'=cmd|x/7","'@SUM(A1)","lazy","failed","script.threw","legacy-only","script.threw profile.email-invalid"`,
    '3,"a""b",,"lazy","ok",,"legacy-only",""',
    '',
  ]);
});
