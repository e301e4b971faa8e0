import { describe, expect, it } from 'vitest';
import { actionAnswer } from '#domain/pipeline/commands.ts';
import { compareRuns, type ComparedRun } from '#domain/pipeline/compare-runs.ts';
import { flowTriggers } from '#domain/pipeline/flow-triggers.ts';
import { metadataAfter } from '#domain/pipeline/metadata-limits.ts';
import { eventUser, ruleUser } from '#domain/pipeline/pipeline-user.ts';
import { rulesProgram } from '#domain/pipeline/rules-program.ts';
import { pipelineFindings } from '#domain/pipeline/trial-findings.ts';
import { DEFAULT_ASSUMPTIONS } from '#domain/assumptions.ts';
import { MARY } from '#test/pipeline.ts';

describe('the answer of a program that tampers with its sandbox', () => {
  it.each([
    [null, { found: false, commands: [], remarks: [], cache: null }],
    ['x', { found: false, commands: [], remarks: [], cache: null }],
    [
      {
        found: 'yes',
        commands: [
          1,
          { method: 3, args: [] },
          { method: 'a', args: 'b' },
          { method: 'ok', args: [1], line: 2.5 },
        ],
        remarks: [
          { kind: 'other', method: 'a', detail: 'b' },
          { kind: 'limit', method: 'a', detail: 'b', line: 4 },
        ],
        cache: [['a', 'b', 1], ['a', 1, 1], 'x'],
      },
      {
        found: false,
        commands: [{ method: 'ok', args: [1] }],
        remarks: [{ kind: 'limit', method: 'a', detail: 'b', line: 4 }],
        cache: [['a', 'b', 1]],
      },
    ],
  ])('%o is read as far as it is shaped as agreed', (value, answer) => {
    expect(actionAnswer(value as never)).toEqual(answer);
  });
});

const rule = (text: string, name: string) => ({
  name,
  path: name,
  text,
  checksum: '',
  order: 0,
  enabled: true,
});

describe('the program of all Rules', () => {
  it('keeps the lines of each', () => {
    const program = rulesProgram([
      rule('function a() {\n  1;\n}', 'a'),
      rule('function b() {\n  2;\n}', 'b'),
    ]);
    const lines = program.text.split('\n');
    const places = lines.map((text, index) => [text.trim(), program.place(index + 1)] as const);
    expect(places.filter(([text]) => text === '1;' || text === '2;')).toEqual([
      ['1;', { index: 0, line: 2 }],
      ['2;', { index: 1, line: 2 }],
    ]);
    // oxlint-disable-next-line no-eval -- what the sandbox makes of the text
    expect((eval(`[${program.text}]`) as { name: string }[]).map(({ name }) => name)).toEqual(['a', 'b']);
  });
});

describe('the user of a step', () => {
  it('has app_metadata over its root, and metadata in Actions only where nobody has any', () => {
    const nobody = { ...MARY, profile: { ...MARY.profile, appMetadata: null, userMetadata: null } };
    const winning = { ...MARY, profile: { ...MARY.profile, appMetadata: { name: 'M.' } } };
    expect([
      eventUser(nobody, false)['app_metadata'],
      'app_metadata' in ruleUser(nobody),
      eventUser(winning, false)['name'],
      ruleUser(winning)['name'],
    ]).toEqual([{}, false, 'M.', 'M.']);
  });

  it('names imported factors', () => {
    const mfaFactors = [{ totp: { secret: 'A' } }, { phone: { value: '+1' } }];
    expect(
      eventUser({ ...MARY, profile: { ...MARY.profile, mfaFactors } }, false)['enrolledFactors'],
    ).toEqual([{ method: 'otp' }, { method: 'phone' }]);
  });
});

describe('metadata of a login', () => {
  it('are merged one level deep, and null removes', () => {
    const change = (key: string, value: never) => ({ store: 'app_metadata' as const, key, value, by: 'one' });
    const before = { a: { x: 1 }, b: 1 };
    const changes = [change('a', { y: 2 } as never), change('b', null as never), change('c', 3 as never)];
    expect([
      metadataAfter(before, changes, 'app_metadata'),
      metadataAfter(null, changes, 'user_metadata'),
    ]).toEqual([{ a: { y: 2 }, c: 3 }, null]);
  });
});

const RUN: ComparedRun = {
  user: { email: 'a' },
  denied: null,
  failed: false,
  metadata: [],
  idToken: {},
  accessToken: {},
};
const denied = { by: 'step', reason: 'r', error: 'access_denied', userMessage: null };

describe('a login with import off against one after the migration', () => {
  it.each<[string, Partial<ComparedRun>, Partial<ComparedRun>, (readonly [string, string])[]]>([
    ['the same', {}, {}, []],
    ['moments do not count', { idToken: { iat: 1, exp: 2 } }, { idToken: { iat: 3, exp: 4 } }, []],
    [
      'the user',
      { user: { email: 'A', gone: 1 } },
      {},
      [
        ['email', 'pipeline.user-differs'],
        ['gone', 'pipeline.user-differs'],
      ],
    ],
    ['a claim lost', { idToken: { a: 1 } }, {}, [['a', 'pipeline.claim-lost']]],
    ['a claim gained', {}, { accessToken: { a: 1 } }, [['a', 'pipeline.claim-gained']]],
    ['a claim changed', { idToken: { a: 1 } }, { idToken: { a: 2 } }, [['a', 'pipeline.claim-changed']]],
    ['a new denial', {}, { denied }, [['step', 'pipeline.denied-after-only']]],
    ['an old denial', { denied, idToken: { a: 1 } }, { denied }, [['step', 'pipeline.denied-in-both']]],
    ['a door opened', { denied }, {}, [['step', 'pipeline.denied-before-only']]],
    [
      'metadata',
      { metadata: [{ store: 'app_metadata', key: 'a', value: 1, by: 'x' }] },
      { metadata: [{ store: 'app_metadata', key: 'a', value: 2, by: 'x' }] },
      [['app_metadata.a', 'pipeline.metadata-differs']],
    ],
  ])('%s', (_name, before, after, expected) => {
    const found = compareRuns({ ...RUN, ...before }, { ...RUN, ...after });
    expect(found.map(({ name, code }) => [name, code])).toEqual(expected);
  });

  it('becomes one finding a code, the worst first, with names and no values', () => {
    const before = { ...RUN, user: { email: 'A' }, idToken: { a: 'secret', b: 1 } };
    const notices = [
      { code: 'pipeline.claim-dropped', detail: 'step: roles', step: 'step', line: 7 },
    ] as const;
    expect(pipelineFindings(compareRuns(before, RUN), notices)).toEqual([
      { code: 'pipeline.claim-lost', detail: 'a; b' },
      { code: 'pipeline.user-differs', detail: 'email' },
      { code: 'pipeline.claim-dropped', detail: 'step: roles', line: 7 },
    ]);
  });
});

describe('which flow sets off what', () => {
  const runs = (flow: Parameters<typeof flowTriggers>[0], fired: boolean) =>
    flowTriggers(flow, {
      ...DEFAULT_ASSUMPTIONS,
      ...(fired
        ? { 'registration-triggers-at-migration': 'fired', 'registration-triggers-at-import': 'fired' }
        : {}),
    })
      .filter((one) => one.runs)
      .map(({ trigger }) => trigger);

  it.each([
    ['login, import off', ['post-login'], ['post-login']],
    [
      'login that migrates',
      ['post-login'],
      ['pre-user-registration', 'post-user-registration', 'post-login'],
    ],
    ['login, migrated already', ['post-login'], ['post-login']],
    [
      'sign-up',
      ['pre-user-registration', 'post-user-registration', 'post-login'],
      ['pre-user-registration', 'post-user-registration', 'post-login'],
    ],
    ['bulk import', [], ['pre-user-registration', 'post-user-registration']],
    [
      'password reset',
      ['post-change-password', 'password-reset-post-challenge'],
      ['post-change-password', 'password-reset-post-challenge'],
    ],
    ['client credentials', ['credentials-exchange'], ['credentials-exchange']],
    ['refresh token', ['post-login'], ['post-login']],
  ] as const)('%s', (flow, usually, assumed) => {
    expect([runs(flow, false), runs(flow, true)]).toEqual([usually, assumed]);
  });
});
