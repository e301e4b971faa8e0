import { describe, expect, it } from 'vitest';
import { type PresentInputs, judgementDiagnostics, judgeScript } from '#engine/exports/judge-scripts.ts';
import type { NamedTrial } from '#engine/exports/named-trials.ts';
import { reportFixture } from '#test/report-fixtures.ts';

const NOW: PresentInputs = { settings: 's1', scripts: { login: 'l1', get_user: 'g1', create: 'c1' } };

interface Shape {
  readonly kind?: 'lazy' | 'bulk';
  readonly depth?: 'profiles' | 'assumed' | 'proven';
  readonly ok?: number;
  readonly settings?: string;
  readonly login?: string;
  readonly verdict?: 'clean' | 'findings' | 'incomplete';
}

function trial(id: string, shape: Shape = {}): NamedTrial {
  const {
    kind = 'lazy',
    depth = 'assumed',
    ok = 8,
    settings = 's1',
    login = 'l1',
    verdict = 'clean',
  } = shape;
  const report = reportFixture('lazy-findings');
  const record = {
    ...report.trial,
    id,
    options: { ...report.trial.options, kind, depth },
    inputs: { ...report.trial.inputs, settings, scripts: { login, get_user: 'g1', create: 'c1' } },
  };
  const counts = [
    { phase: kind, expected: 10, done: 10, ok, failed: 10 - ok, skipped: 0, finished: true, seconds: 1 },
  ];
  return { record, report: { ...report, trial: record, counts, verdict }, proven: null as never };
}

describe('a script', () => {
  it.each<[string, 'login' | 'get_user' | 'create', readonly NamedTrial[], readonly string[], string | null]>(
    [
      ['passed a lazy trial', 'login', [trial('t1')], ['t1'], null],
      ['passed several', 'get_user', [trial('t1'), trial('t2')], ['t1', 't2'], null],
      ['passed one of two', 'login', [trial('t1', { login: 'old' }), trial('t2')], ['t2'], null],
      ['was named with no trial', 'login', [], [], 'no trial was named'],
      [
        'was not run by a bulk trial',
        'login',
        [trial('t1', { kind: 'bulk' })],
        [],
        'trial t1 did not run login',
      ],
      [
        'was not run at this depth',
        'login',
        [trial('t1', { depth: 'profiles' })],
        [],
        'trial t1 did not run login',
      ],
      ['is of a slot that no trial runs', 'create', [trial('t1')], [], 'trial t1 did not run create'],
      ['let nobody through', 'get_user', [trial('t1', { ok: 0 })], [], 'no user came through in trial t1'],
      ['was changed since', 'login', [trial('t1', { login: 'old' })], [], 'trial t1 ran another text'],
      [
        'is in a trial that goes on',
        'login',
        [trial('t1', { verdict: 'incomplete' })],
        [],
        'trial t1 is not finished',
      ],
      [
        'failed too often',
        'login',
        [trial('t1', { verdict: 'findings' })],
        [],
        '2 users failed in trial t1, which is more than were allowed',
      ],
      [
        'ran with other settings',
        'login',
        [trial('t1', { settings: 's0' })],
        [],
        'trial t1 had other settings',
      ],
    ],
  )('that %s', (_what, slot, trials, passed, reason) => {
    const { trials: names, reason: why } = judgeScript(slot, NOW, trials);
    expect({ names, why }).toEqual({ names: passed, why: reason });
  });

  it('is an error when it is not validated, and a warning when that was accepted', () => {
    const judgements = [
      judgeScript('login', NOW, [trial('t1', { settings: 's0' })]),
      judgeScript('create', NOW, [trial('t1')]),
      judgeScript('get_user', NOW, [trial('t1')]),
    ];
    const told = (accepted: boolean) =>
      judgementDiagnostics(judgements, accepted).map(({ severity, code }) => `${severity} ${code}`);
    expect([told(false), told(true)]).toEqual([
      ['error export.settings-changed', 'error export.script-unvalidated'],
      ['warning export.settings-changed', 'warning export.script-unvalidated'],
    ]);
  });
});
