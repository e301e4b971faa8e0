import { expect, it } from 'vitest';
import { HEAD, rowOf } from '#renderer/features/report/users/users-csv.ts';

it('writes one user a line, and no formula', () => {
  const row = rowOf({
    position: 3,
    key: ['=1+1', 7],
    legacyId: '@cmd"x',
    phase: 'lazy',
    status: 'failed',
    cause: 'script.threw',
    state: 'legacy-only',
    findings: [
      { code: 'a.b', detail: '' },
      { code: 'c.d', detail: '' },
    ],
    cohorts: { hashFormat: 'md5', lastLogin: 'never', emailDomain: 'x' },
    ms: 1,
  });
  expect([HEAD, row]).toEqual([
    '"position","key","legacy id","phase","status","cause","state","findings"\r\n',
    `3,"'=1+1/7","'@cmd""x","lazy","failed","script.threw","legacy-only","a.b c.d"\r\n`,
  ]);
});
