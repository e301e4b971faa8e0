import { expect, it } from 'vitest';
import type { Coverage } from '#contract/coverage.ts';
import type { Trace, TraceStep } from '#contract/traces.ts';
import { changedUsersCsv, comparisonCsv } from '#reporters/comparison-csv.ts';
import { coverageCsv, usersCsv } from '#reporters/coverage-csv.ts';
import { changedUsersText, comparisonText } from '#reporters/terminal/comparison.ts';
import { coverageText } from '#reporters/terminal/coverage-by.ts';
import { traceText } from '#reporters/terminal/trace.ts';

const PLAIN = { width: 80, colour: false } as const;

const scripts: Coverage['phases'][number]['scripts'] = [
  {
    script: 'login',
    scenario: 'right-password',
    outcomes: [
      { outcome: 'profile', users: 3 },
      { outcome: 'refused', users: 1 },
    ],
  },
];
const sums = { total: 4, ok: 3, failed: 1, skipped: 0 };
const COVERAGE: Coverage = {
  trial: '20261124-1',
  by: 'appMetadata.plan',
  attributes: [
    { name: 'appMetadata.plan', columns: ['profile\u001b[2J'], values: 1 },
    { name: 'blocked', columns: ['is_locked'], values: 2 },
  ],
  phases: [
    { phase: 'lazy', ...sums, scripts, rows: [{ value: '=gold', collective: false, ...sums, scripts }] },
  ],
  personalData: 'masked',
};

it('prints coverage with what the scripts did, and cannot be steered by values', () => {
  expect(coverageText(COVERAGE, true, PLAIN).split('\n')).toEqual([
    'Coverage of trial 20261124-1 by appMetadata.plan (column profile\ufffd[2J)',
    '',
    '── Lazy migration: 4 users ─────────────────────────────────────────────────────',
    '  login/right-password    profile 3, refused 1',
    '',
    '  appMetadata.plan  users  share  ok  failed  skipped    ok %',
    '  =gold                 4  100 %   3       1        0  75.0 %',
    '      login/right-password    profile 3, refused 1',
    '',
    '--by also takes blocked',
    '',
  ]);
});

it('writes coverage with one number a row, safe for spreadsheets', () => {
  const head = '"lazy","appMetadata.plan","\'=gold"';
  expect(coverageCsv(COVERAGE).trimEnd().split('\r\n')).toEqual([
    '"phase","attribute","value","measure","scenario","outcome","users"',
    `${head},"result","","ok",3`,
    `${head},"result","","failed",1`,
    `${head},"result","","skipped",0`,
    `${head},"login","right-password","profile",3`,
    `${head},"login","right-password","refused",1`,
  ]);
});

it('lists users with their findings', () => {
  const users = usersCsv([
    {
      position: 3,
      key: ['a', 2],
      legacyId: null,
      phase: 'bulk',
      status: 'failed',
      cause: 'profile.id-missing',
      state: 'legacy-only',
      findings: [{ code: 'profile.id-missing', detail: '' }],
      cohorts: { hashFormat: 'md5', lastLogin: 'never', emailDomain: 'a.example' },
      ms: 0,
    },
  ]);
  expect(users.split('\r\n')[1]).toBe(
    '3,"a/2",,"bulk","failed","profile.id-missing","legacy-only","profile.id-missing"',
  );
});

const samples = [{ key: [7], legacyId: '7' }];
const COMPARISON = {
  same: 5,
  fixed: 2,
  broken: 1,
  changedCause: 0,
  onlyInA: 1,
  onlyInB: 0,
  causes: [{ cause: 'script.threw', a: 3, b: 2, same: 1 }],
  groups: [
    { from: 'script.threw', to: null, users: 2, samples },
    { from: null, to: 'script.threw', users: 1, samples: [] },
  ],
};

it('compares by cause, and lists who changed', () => {
  expect(comparisonText('one', 'two', COMPARISON, PLAIN).split('\n')).toEqual([
    'one → two',
    '  2 mended, 1 broken, 0 fail for another cause, 5 the same',
    '  1 only in the first, 0 only in the second',
    '',
    '  cause         first  second  change  in both  what it is',
    '  script.threw      3       2      -1        1  script threw an error',
    '',
    '  2 users  script.threw → ok',
    '    for example  7',
    '  1 user  ok → script.threw',
    '',
  ]);
  expect(comparisonCsv(COMPARISON)).toBe(
    '"from","to","users","sample keys"\r\n"script.threw","ok",2,"7"\r\n"ok","script.threw",1,""\r\n',
  );
  const users = [
    { position: 4, key: [7], legacyId: '7', from: 'script.threw', to: null },
    { position: 9, key: [8], legacyId: null, from: null, to: null },
  ];
  expect(changedUsersText({ users, next: 9 }, PLAIN).split('\n')).toEqual([
    'position  key  legacy id  change',
    '       4  7    7          script.threw → ok',
    '       9  8',
    '',
    'The next page: --after 9',
    '',
  ]);
  expect(changedUsersCsv(users)).toBe(
    '"position","key","legacy id","from","to"\r\n4,"7","7","script.threw","ok"\r\n9,"8",,,\r\n',
  );
});

const step = (kind: TraceStep['kind'], title: string, more: Partial<TraceStep> = {}): TraceStep => ({
  kind,
  title,
  phase: null,
  status: null,
  facts: [],
  findings: [],
  attempt: null,
  ...more,
});

it('tells a trace step by step, under the phase it belongs to', () => {
  const trace: Trace = {
    trial: 't1',
    key: [7],
    legacyId: '7',
    position: 0,
    matches: [],
    diagnostics: [],
    steps: [
      step('legacy-row', 'Legacy row', { facts: [{ name: 'email', value: 'a***\nb***' }] }),
      step('outcome', 'Outcome', {
        phase: 'lazy',
        status: 'failed',
        findings: [
          {
            code: 'script.threw',
            severity: 'error',
            title: 'script threw',
            detail: 'login',
            fix: 'Mend it.',
          },
        ],
      }),
      step('next-login', 'Next login', { status: 'failed' }),
    ],
    personalData: 'masked',
  };
  expect(traceText(trace, 'a@example.com', PLAIN).split('\n')).toEqual([
    'key:7, trial t1',
    '',
    '• Legacy row',
    '    email  a*** b***',
    '',
    '── Lazy migration ──────────────────────────────────────────────────────────────',
    '',
    '✗ Outcome',
    '    error   script.threw: script threw (login)',
    '            Mend it.',
    '',
    '── After the trial ─────────────────────────────────────────────────────────────',
    '',
    '✗ Next login',
    '',
    'Personal values are masked; --personal-data shows them.',
    '',
  ]);
});

it('lists who may be meant where several fit', () => {
  const trace: Trace = {
    trial: null,
    key: null,
    legacyId: null,
    position: null,
    matches: [
      { key: [7], legacyId: '7', who: 'a***' },
      { key: ['x', 1], legacyId: null, who: null },
    ],
    diagnostics: [],
    steps: [],
    personalData: 'masked',
  };
  expect(traceText(trace, 'a@example.com', PLAIN).split('\n')).toEqual([
    'a@example.com',
    '',
    '  key          legacy id  who',
    '  key:7        7          a***',
    '  key:["x",1]',
    '',
  ]);
});
