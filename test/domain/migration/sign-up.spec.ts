import { describe, expect, test } from 'vitest';
import type { Account } from '#domain/migration/account.ts';
import { accountFacts, NO_ACCOUNTS } from '#domain/migration/account-facts.ts';
import type { ScriptResultFacts } from '#domain/migration/script-result.ts';
import { decideSignUp, identifiersOfCreated, planSignUp, type SignUp } from '#domain/migration/sign-up.ts';
import { Secret } from '#domain/secret.ts';
import {
  annasAccount,
  assuming,
  calledBack,
  calledBackError,
  connection,
  OWN_HASH,
  storeOf,
} from '#test/given-accounts.ts';
import { ANNA, told } from '#test/login-flow.ts';

type Answers = Partial<Record<'get_user' | 'create' | 'login', ScriptResultFacts>>;
const ANSWERS: Answers = { get_user: calledBack(), create: calledBack(), login: calledBack(ANNA) };

function signUp(
  given: readonly Account[],
  answers: Answers = {},
  options: Parameters<typeof connection>[0] = {},
  more: Partial<SignUp> = {},
) {
  const store = storeOf(...given);
  let command: SignUp = {
    email: 'Anna@Example.com',
    username: null,
    password: new Secret('Secret-123'),
    passwordHash: OWN_HASH,
    by: 'user',
    generatedUserId: 'made',
    results: {},
    ...more,
  };
  const facts = accountFacts(store, {
    userId: null,
    email: command.email,
    username: command.username,
    phoneNumber: null,
  });
  const did: string[] = [];
  for (;;) {
    const step = planSignUp(command, facts, connection(options));
    if (step.step === 'decide') break;
    did.push(step.slot);
    command = {
      ...command,
      results: { ...command.results, [step.slot]: { ...ANSWERS, ...answers }[step.slot as 'create'] },
    };
  }
  const identifiers = identifiersOfCreated(command, assuming());
  const created = identifiers === null ? NO_ACCOUNTS : accountFacts(store, identifiers);
  const decision = decideSignUp(command, facts, created, connection(options), assuming());
  store.apply(decision.events);
  return { did, ...told(decision), accounts: store.accounts() };
}

const shadow = annasAccount({ state: 'shadow', credential: { kind: 'none' } });
const partial = annasAccount({ state: 'partial', credential: { kind: 'none' } });

describe('import on', () => {
  test('a new person goes straight into the store; create and the legacy store are not touched', () => {
    expect(signUp([])).toEqual({
      did: ['get_user'],
      outcome: 'ok',
      detail: '',
      logs: ['ss auth0|made'],
      findings: [],
      accounts: [annasAccount({ userId: 'made', origin: 'sign-up', emailVerified: false })],
    });
  });

  test.each<[string, readonly Account[], Answers, string[], string]>([
    ['a legacy user', [], { get_user: calledBack(ANNA) }, ['get_user'], 'state.legacy-user-exists'],
    ['get_user fails', [], { get_user: calledBackError('Error') }, ['get_user'], 'state.script-error'],
    ['migrated', [annasAccount()], {}, [], 'state.user-exists'],
    [
      'imported',
      [annasAccount({ state: 'imported-random-password', credential: { kind: 'random' } })],
      {},
      [],
      'state.user-exists',
    ],
    ['shadow', [shadow], {}, [], 'state.user-exists'],
    ['partial', [partial], {}, [], 'state.partial-user'],
    [
      'deleted, still in the legacy store',
      [annasAccount({ state: 'deleted' })],
      { get_user: calledBack(ANNA) },
      ['get_user'],
      'state.legacy-user-exists',
    ],
  ])('%s', (_name, given, answers, did, cause) => {
    const result = signUp(given, answers);
    expect([result.did, result.outcome, result.logs.map((log) => log.slice(0, 2)), result.accounts]).toEqual([
      did,
      cause,
      ['fs'],
      given,
    ]);
  });

  test('options of the connection', () => {
    expect([
      signUp([], {}, { disableSignup: true }).outcome,
      signUp([], {}, { disableSignup: true }, { by: 'administrator' }).accounts[0]?.origin,
      signUp([], {}, { scripts: new Set(['login']) }).outcome,
      signUp([], {}, { passwordPolicy: 'excellent' }, { password: new Secret('aaaBBB111') }).detail,
      signUp([annasAccount({ email: 'x@example.com', username: 'anna' })], {}, {}, { username: 'Anna' })
        .outcome,
    ]).toEqual([
      'state.sign-up-disabled',
      'api',
      'state.script-missing',
      'too-short, identical-characters',
      'state.username-taken',
    ]);
  });
});

describe('import off', () => {
  const off = { importMode: false };
  test('get_user, create and login run in this order, and the login makes the profile', () => {
    const result = signUp([], {}, off);
    expect([
      result.did,
      result.outcome,
      result.logs,
      result.accounts.map(({ userId, state }) => [userId, state]),
    ]).toEqual([['get_user', 'create', 'login'], 'ok', ['ss auth0|7', 's auth0|7'], [['7', 'shadow']]]);
  });

  test.each<[string, Answers, string[], string, string]>([
    [
      'get_user finds somebody',
      { get_user: calledBack(ANNA) },
      ['get_user'],
      'state.legacy-user-exists',
      'fs  The user already exists.',
    ],
    [
      'create says user_exists',
      { create: calledBackError('ValidationError', { code: 'user_exists', message: 'taken' }) },
      ['get_user', 'create'],
      'state.legacy-user-exists',
      'fs  taken',
    ],
    [
      'create fails',
      { create: calledBackError('Error') },
      ['get_user', 'create'],
      'state.script-error',
      'fs  as the script says',
    ],
    [
      'login does not find the new user',
      { login: calledBack() },
      ['get_user', 'create', 'login'],
      'state.created-user-not-found',
      'fs',
    ],
    [
      'login refuses',
      { login: calledBackError('WrongUsernameOrPasswordError') },
      ['get_user', 'create', 'login'],
      'state.credentials-error-elsewhere',
      'fs  as the script says',
    ],
  ])('%s', (_name, answers, did, cause, log) => {
    const result = signUp([], answers, off);
    expect([result.did, result.outcome, result.logs, result.accounts]).toEqual([did, cause, [log], []]);
  });

  test('login after create returns an id that the store has already', () => {
    const old = annasAccount({ email: 'old@example.com', state: 'shadow', credential: { kind: 'none' } });
    const result = signUp([old], {}, off);
    expect([result.outcome, result.accounts]).toEqual(['ok', [{ ...old, email: 'anna@example.com' }]]);
  });

  test('without create nobody can sign up', () => {
    const result = signUp([], {}, { importMode: false, scripts: new Set(['login', 'get_user']) });
    expect([result.did, result.outcome, result.detail]).toEqual([
      ['get_user'],
      'state.script-missing',
      'create',
    ]);
  });
});

test.each<[string, Partial<SignUp>, Parameters<typeof connection>[0], string]>([
  ['an address that is none', { email: 'anna' }, {}, 'profile.email-invalid: email: no-at'],
  ['no username where one is required', {}, { requiresUsername: true }, 'profile.username-missing: username'],
  [
    'a username against the rules',
    { username: 'a b' },
    { requiresUsername: true },
    'profile.username-invalid: username: characters, length 3',
  ],
])('%s reaches no script, in both modes', (_what, more, options, refusal) => {
  for (const importMode of [true, false]) {
    const { did, outcome, detail, logs } = signUp([], {}, { ...options, importMode }, more);
    expect({ did, refusal: `${outcome}: ${detail}`, logs }).toEqual({ did: [], refusal, logs: ['fs'] });
  }
});
