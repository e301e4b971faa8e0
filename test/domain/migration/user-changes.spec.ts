import { describe, expect, test } from 'vitest';
import { changeEmail } from '#test/change-flows.ts';
import type { Account } from '#domain/migration/account.ts';
import { decideDeleteUser, planDeleteUser } from '#domain/migration/delete-user.ts';
import type { ScriptResultFacts } from '#domain/migration/script-result.ts';
import { decideVerifyEmail, planVerifyEmail } from '#domain/migration/verify-email.ts';
import {
  annasAccount,
  assuming,
  calledBack,
  calledBackError,
  connection,
  storeOf,
} from '#test/given-accounts.ts';
import { ANNA, logIn, told } from '#test/login-flow.ts';

interface Case {
  readonly answer?: ScriptResultFacts;
  readonly options?: Parameters<typeof connection>[0];
  readonly run?: boolean;
}

const unverified = annasAccount({ emailVerified: false });
const off = { importMode: false };
const withoutScripts = { importMode: false, scripts: new Set<never>() };

function one(
  flow: 'verify' | 'delete',
  account: Account,
  { answer = calledBack(true), options = {}, run = false }: Case,
) {
  const store = storeOf(account);
  const assumptions = assuming(run ? { 'idle-scripts-with-import': 'run' } : {});
  const [plan, decide] =
    flow === 'verify' ? [planVerifyEmail, decideVerifyEmail] : [planDeleteUser, decideDeleteUser];
  const step = plan(null, connection(options), assumptions);
  const result = step.step === 'run-script' ? answer : null;
  const decision = decide(result, account, connection(options), assumptions);
  store.apply(decision.events);
  return { ran: step.step === 'run-script', ...told(decision), store, accounts: store.accounts() };
}

describe('a followed verification link', () => {
  test.each<[string, Case, boolean, string, string, boolean]>([
    ['import on', {}, false, 'ok', 'sv auth0|7', true],
    ['import on, verify runs by assumption', { run: true }, true, 'ok', 'sv auth0|7', true],
    [
      'import on, verify says false',
      { run: true, answer: calledBack(false) },
      true,
      'state.not-verified',
      'fv auth0|7',
      false,
    ],
    ['import off: the flag does not change', { options: off }, true, 'ok', 'sv auth0|7', false],
    [
      'import off, false',
      { options: off, answer: calledBack(false) },
      true,
      'state.not-verified',
      'fv auth0|7',
      false,
    ],
    [
      'import off, nothing',
      { options: off, answer: calledBack() },
      true,
      'state.not-verified',
      'fv auth0|7',
      false,
    ],
    [
      'import off, an error',
      { options: off, answer: calledBackError('Error') },
      true,
      'state.script-error',
      'fv auth0|7 as the script says',
      false,
    ],
    [
      'import off, no script',
      { options: withoutScripts },
      false,
      'state.script-missing',
      'fv auth0|7',
      false,
    ],
  ])('%s', (_name, when, ran, outcome, log, verified) => {
    const result = one('verify', unverified, when);
    expect([result.ran, result.outcome, result.logs, result.accounts]).toEqual([
      ran,
      outcome,
      [log],
      [{ ...unverified, emailVerified: verified }],
    ]);
  });
});

describe('a deletion', () => {
  test.each<[string, Case, boolean, string, string, Account['state'] | null]>([
    ['import on: the legacy row stays', {}, false, 'ok', 'sdu auth0|7', 'deleted'],
    ['import on, delete runs by assumption', { run: true }, true, 'ok', 'sdu auth0|7', null],
    ['import off', { options: off }, true, 'ok', 'sdu auth0|7', null],
    [
      'import off, an error',
      { options: off, answer: calledBackError('Error') },
      true,
      'state.script-error',
      'fdu auth0|7 as the script says',
      'migrated',
    ],
    [
      'import off, no callback',
      { options: off, answer: { ending: 'timed-out', value: null, error: null } },
      true,
      'script.timed-out',
      'fdu auth0|7 Request to Webtask exceeded allowed execution time',
      'migrated',
    ],
    [
      'import off, no script',
      { options: withoutScripts },
      false,
      'state.script-missing',
      'fdu auth0|7',
      'migrated',
    ],
  ])('%s', (_name, when, ran, outcome, log, state) => {
    const result = one('delete', annasAccount(), when);
    expect([result.ran, result.outcome, result.logs, result.accounts[0]?.state ?? null]).toEqual([
      ran,
      outcome,
      [log],
      state,
    ]);
  });

  test('of a user who is still in the legacy store lasts until the next login', () => {
    const { store, findings } = one('delete', annasAccount(), {});
    const back = logIn(store, { deletedBefore: true });
    expect([findings, back.outcome, back.findings]).toEqual([
      ['state.returns-after-deletion: migrated'],
      'ok',
      ['state.resurrected: deleted earlier'],
    ]);
  });
});

describe('a change of address', () => {
  test.each<[string, Parameters<typeof changeEmail>[1], string[], string, string, string]>([
    ['import on', {}, ['get_user'], 'ok', 'sce auth0|7', 'new@example.com'],
    [
      'import on, change_email runs by assumption',
      { run: true },
      ['get_user', 'change_email'],
      'ok',
      'sce auth0|7',
      'new@example.com',
    ],
    [
      'import on, own address in other capitals',
      { newEmail: 'ANNA@example.com', answers: { get_user: calledBack(ANNA) } },
      ['get_user'],
      'ok',
      'sce auth0|7',
      'anna@example.com',
    ],
    [
      'import on, another legacy user has it',
      { answers: { get_user: calledBack({ user_id: '8', email: 'new@example.com' }) } },
      ['get_user'],
      'state.legacy-user-exists',
      'fce auth0|7',
      'anna@example.com',
    ],
    [
      'import on, another account has it',
      { given: [annasAccount({ userId: '8', email: 'new@example.com' })] },
      [],
      'state.email-taken',
      'fce auth0|7',
      'anna@example.com',
    ],
    ['not an address', { newEmail: 'new' }, [], 'profile.email-invalid', 'fce auth0|7', 'anna@example.com'],
    [
      'import off, kept as written',
      { options: off },
      ['get_user', 'change_email'],
      'ok',
      'sce auth0|7',
      'New@Example.com',
    ],
    [
      'import off, false',
      { options: off, answers: { change_email: calledBack(false) } },
      ['get_user', 'change_email'],
      'state.email-not-changed',
      'fce auth0|7',
      'anna@example.com',
    ],
    [
      'import off, an error',
      { options: off, answers: { change_email: calledBackError('Error') } },
      ['get_user', 'change_email'],
      'state.script-error',
      'fce auth0|7 as the script says',
      'anna@example.com',
    ],
    [
      'import off, no script',
      { options: { importMode: false, scripts: new Set(['get_user']) } },
      ['get_user'],
      'state.script-missing',
      'fce auth0|7',
      'anna@example.com',
    ],
  ])('%s', (_name, when, did, outcome, log, email) => {
    const result = changeEmail(annasAccount(), when);
    expect([result.did, result.outcome, result.logs, result.accounts[0]?.email]).toEqual([
      did,
      outcome,
      [log],
      email,
    ]);
  });

  test('with import on the legacy store keeps the old address: a login with it collides', () => {
    const changed = changeEmail(annasAccount(), {});
    const login = logIn(changed.store);
    expect([changed.findings, login.did, login.outcome]).toEqual([
      ['state.legacy-email-differs: email'],
      ['login(anna@example.com)'],
      'state.user-id-taken',
    ]);
  });
});

test.each(['shadow', 'migrated', 'imported-hash-pending', 'imported-random-password'] as const)(
  'a user who is %s can be verified, readdressed and deleted with import on, and stays what they are until then',
  (state) => {
    const account = annasAccount({ state, emailVerified: false });
    expect([
      one('verify', account, {}).accounts,
      changeEmail(account, {}).accounts,
      one('delete', account, {}).accounts,
    ]).toEqual([
      [{ ...account, emailVerified: true }],
      [{ ...account, email: 'new@example.com', emailVerified: true }],
      [{ ...account, state: 'deleted' }],
    ]);
  },
);
