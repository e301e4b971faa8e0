import { describe, expect, test } from 'vitest';
import type { Account } from '#domain/migration/account.ts';
import { typedFacts } from '#domain/migration/account-facts.ts';
import { decideResetRequest, planResetRequest } from '#domain/migration/request-reset.ts';
import type { ScriptResultFacts } from '#domain/migration/script-result.ts';
import { annasAccount, calledBack, calledBackError, connection, storeOf } from '#test/given-accounts.ts';
import { ANNA, logIn, told } from '#test/login-flow.ts';
import { NEW_HASH, setPassword, type SetPasswordCase } from '#test/set-password-flow.ts';

const newOwn = { kind: 'tenant-bcrypt', hash: NEW_HASH } as const;
const none = { kind: 'none' } as const;
const shadow = annasAccount({ state: 'shadow', credential: none });

describe('import on, by state', () => {
  test.each<[string, readonly Account[], string[], Account['state']]>([
    ['migrated', [annasAccount()], [], 'migrated'],
    [
      'imported with a hash',
      [
        annasAccount({
          state: 'imported-hash-pending',
          credential: { kind: 'imported-bcrypt', hash: NEW_HASH },
        }),
      ],
      [],
      'migrated',
    ],
    [
      'imported without a hash',
      [annasAccount({ state: 'imported-random-password', credential: { kind: 'random' } })],
      [],
      'migrated',
    ],
    ['shadow', [shadow], ['get_user'], 'migrated'],
    ['reset once before', [annasAccount({ state: 'partial' })], [], 'partial'],
    ['interrupted creation', [annasAccount({ state: 'partial', credential: none })], ['get_user'], 'partial'],
  ])('%s', (_name, given, did, state) => {
    const result = setPassword(given);
    expect([result.did, result.outcome, result.logs, result.accounts]).toEqual([
      did,
      'ok',
      ['scp auth0|7'],
      [{ ...given[0]!, state, credential: newOwn }],
    ]);
  });

  test('legacy only: a hidden user with the new password, whole after the first login with it', () => {
    const store = storeOf();
    const reset = setPassword(store);
    const hidden = annasAccount({ state: 'partial', origin: 'password-reset', credential: newOwn });
    const login = logIn(store);
    expect([
      reset.did,
      reset.logs,
      reset.accounts,
      store.byEmail('anna@example.com')?.state,
      login.did,
    ]).toEqual([['get_user'], ['scp auth0|7'], [hidden], 'migrated', ['check']]);
  });

  test('legacy only, by assumption: whole at once', () => {
    const { accounts } = setPassword([], { assumptions: { 'reset-creates-user': 'at-confirmation' } });
    expect(accounts).toEqual([annasAccount({ origin: 'password-reset', credential: newOwn })]);
  });

  test.each<[string, SetPasswordCase, string, string]>([
    ['nobody', { answers: { get_user: calledBack() } }, 'state.unknown-user', 'fcpr  User does not exist.'],
    [
      'get_user fails',
      { answers: { get_user: calledBackError('Error') } },
      'state.script-error',
      'fcp  as the script says',
    ],
    ['no get_user', { options: { scripts: new Set(['login']) } }, 'state.script-missing', 'fcp'],
    [
      'a profile without id',
      { answers: { get_user: calledBack({ email: 'anna@example.com' }) } },
      'profile.user-id-missing',
      'fcp',
    ],
    [
      'a bad profile',
      { answers: { get_user: calledBack({ user_id: '7', email: 'x' }) } },
      'profile.email-invalid',
      'fcp',
    ],
    [
      'against the policy',
      {
        options: {
          passwordPolicy: {
            minLength: 12,
            characterTypes: [],
            characterTypeRule: 'all',
            identicalCharacters: 'allow',
            sequentialCharacters: 'allow',
            maxLengthExceeded: 'truncate',
          },
        },
      },
      'state.password-policy',
      'fcp',
    ],
  ])('legacy only: %s', (_name, when, cause, log) => {
    const result = setPassword([], when);
    expect([result.outcome, result.logs, result.accounts]).toEqual([cause, [log], []]);
  });

  test('a passwordless profile under another id than get_user gives', () => {
    const result = setPassword([{ ...shadow, userId: '6' }]);
    expect([result.outcome, result.accounts]).toEqual([
      'state.user-id-unstable',
      [{ ...shadow, userId: '6' }],
    ]);
  });

  test.each<[string, Account, string]>([
    ['the id', annasAccount({ email: 'old@example.com' }), 'state.user-id-taken'],
    [
      'half a user with the id',
      annasAccount({ email: 'old@example.com', state: 'partial' }),
      'state.partial-user',
    ],
    [
      'the username',
      annasAccount({ userId: '8', email: 'bo@example.com', username: 'anna' }),
      'state.username-taken',
    ],
    [
      'the phone number',
      annasAccount({ userId: '8', email: 'bo@example.com', phoneNumber: '+46' }),
      'state.phone-taken',
    ],
    [
      'the address get_user gives',
      annasAccount({ userId: '8', email: 'bo@example.com' }),
      'state.email-taken',
    ],
  ])('legacy only, but %s is in the store under another address', (name, other, cause) => {
    const email = name.startsWith('the address') ? 'bo@example.com' : 'anna@example.com';
    const profile = { user_id: '7', email, username: 'anna', phone_number: '+46', email_verified: true };
    const result = setPassword([other], { answers: { get_user: calledBack(profile) } });
    expect([result.outcome, result.accounts]).toEqual([cause, [other]]);
  });

  test('change_password runs only by assumption, and then has to succeed', () => {
    const assumptions = { 'reset-runs-change-password': 'yes' } as const;
    expect(
      [
        setPassword([], { assumptions }),
        setPassword([], { assumptions, answers: { change_password: calledBack(false) } }),
        setPassword([annasAccount()], { assumptions }),
      ].map(({ did, outcome }) => [did, outcome]),
    ).toEqual([
      [['get_user', 'change_password'], 'ok'],
      [['get_user', 'change_password'], 'state.password-not-updated'],
      [[], 'ok'],
    ]);
  });

  test('a change by an administrator lifts a block, a reset does not', () => {
    const blocked = annasAccount({ blocked: true });
    expect(
      [setPassword([blocked], { by: 'change' }), setPassword([blocked])].map(
        ({ accounts }) => accounts[0]?.blocked,
      ),
    ).toEqual([false, true]);
  });
});

describe('import off', () => {
  const options = { importMode: false };
  test.each<[string, NonNullable<SetPasswordCase['answers']>, string[], string, string]>([
    ['true', {}, ['get_user', 'change_password'], 'ok', 'scp auth0|7'],
    [
      'last_password_reset',
      { change_password: calledBack({ last_password_reset: 1 }) },
      ['get_user', 'change_password'],
      'ok',
      'scp auth0|7',
    ],
    [
      'false',
      { change_password: calledBack(false) },
      ['get_user', 'change_password'],
      'state.password-not-updated',
      'fcp  Password was not updated',
    ],
    [
      'nothing',
      { change_password: calledBack() },
      ['get_user', 'change_password'],
      'state.password-not-updated',
      'fcp  Password was not updated',
    ],
    [
      'an error',
      { change_password: calledBackError('ValidationError') },
      ['get_user', 'change_password'],
      'state.script-validation-error',
      'fcp  as the script says',
    ],
    ['nobody', { get_user: calledBack() }, ['get_user'], 'state.unknown-user', 'fcpr  User does not exist.'],
  ])('%s: the store never changes', (_name, answers, did, outcome, log) => {
    const result = setPassword([shadow], { options, answers });
    expect([result.did, result.outcome, result.logs, result.accounts]).toEqual([
      did,
      outcome,
      [log],
      [shadow],
    ]);
  });
});

describe('asking for a reset', () => {
  const ask = (
    given: readonly Account[],
    getUser: ScriptResultFacts | null,
    changes: Parameters<typeof connection>[0] = {},
  ) => {
    const typed = typedFacts(storeOf(...given), 'anna@example.com');
    const options = connection(changes);
    const step = planResetRequest(null, typed, options);
    const answer = step.step === 'run-script' ? getUser : null;
    const { outcome, logs } = told(decideResetRequest(answer, typed, options));
    return [step.step, outcome, logs];
  };

  test('whom the store knows gets a mail; for others get_user decides', () => {
    expect([
      ask([annasAccount()], null),
      ask([], calledBack(ANNA)),
      ask([], calledBack()),
      ask([], calledBackError('Error')),
      ask([], null, { scripts: new Set(['login']) }),
      ask([shadow], calledBack(ANNA), { importMode: false }),
    ]).toEqual([
      ['decide', 'ok', ['scpr auth0|7']],
      ['run-script', 'ok', ['scpr']],
      ['run-script', 'state.unknown-user', ['fcpr  User does not exist.']],
      ['run-script', 'state.script-error', ['fcpr  as the script says']],
      ['decide', 'state.script-missing', ['fcpr']],
      ['run-script', 'ok', ['scpr auth0|7']],
    ]);
  });
});
