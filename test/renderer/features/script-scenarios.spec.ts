import { describe, expect, it } from 'vitest';
import { inputErrors } from '#renderer/features/scripts/try/input-errors.ts';
import { didAsItShould } from '#renderer/features/scripts/try/scenarios.ts';
import { EMPTY_INPUT } from '#renderer/stores/try-inputs.ts';

type Ended = Parameters<typeof didAsItShould>[1];

const profile: Ended = { slot: 'login', ending: 'called-back', error: null, value: { user_id: '1' } };
const failing = (name: string, slot: Ended['slot'] = 'login'): Ended => ({
  slot,
  ending: 'called-back-error',
  error: { name, message: '' },
  value: null,
});
const refused = failing('WrongUsernameOrPasswordError');
const nobody: Ended = { slot: 'get_user', ending: 'called-back', error: null, value: null };

describe('a scenario', () => {
  it('is judged by what a sound script does in it', () => {
    const judged = (scenario: string, ...ends: readonly Ended[]) =>
      ends.map((end) => didAsItShould(scenario, end));
    expect({
      'right-password': judged('right-password', profile, refused),
      'wrong-password': judged('wrong-password', refused, profile, failing('Error')),
      unknown: judged('unknown', refused, profile, nobody, failing('Error', 'get_user')),
      'unknown elsewhere': judged('unknown', failing('Error', 'delete'), {
        ...failing('Error', 'delete'),
        ending: 'timed-out',
      }),
      'db-down': judged('db-down', failing('Error'), refused, profile),
      twice: judged('twice', profile, failing('Error')),
    }).toEqual({
      'right-password': [true, false],
      'wrong-password': [true, false, false],
      unknown: [true, false, true, false],
      'unknown elsewhere': [true, false],
      'db-down': [true, false, false],
      twice: [true, false],
    });
  });

  it('needs what the slot takes, and a password only where it matters', () => {
    const whom = { ...EMPTY_INPUT, identifier: 'ada@example.com' };
    const missing = (...asked: readonly Parameters<typeof inputErrors>[]) =>
      asked.map((one) => Object.keys(inputErrors(...one)));
    expect(
      missing(
        ['login', 'right-password', EMPTY_INPUT],
        ['login', 'wrong-password', whom],
        ['login', 'right-password', { ...whom, password: 'x' }],
        ['get_user', 'right-password', whom],
        ['change_password', 'right-password', whom],
        ['change_email', 'twice', { ...whom, newEmail: ' ' }],
      ),
    ).toEqual([['identifier', 'password'], [], [], [], ['newPassword'], ['newEmail']]);
  });
});
