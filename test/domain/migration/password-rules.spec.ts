import { describe, expect, test } from 'vitest';
import {
  admitLogin,
  afterLogin,
  freshHistory,
  type LoginHistory,
  released,
} from '#domain/migration/attack-protection.ts';
import {
  type FlexiblePolicy,
  type PasswordPolicy,
  policyBreaches,
} from '#domain/migration/password-policy.ts';
import { Secret } from '#domain/secret.ts';

const flexible = (changes: Partial<FlexiblePolicy> = {}): FlexiblePolicy => ({
  minLength: 1,
  characterTypes: [],
  characterTypeRule: 'all',
  identicalCharacters: 'allow',
  sequentialCharacters: 'allow',
  maxLengthExceeded: 'truncate',
  ...changes,
});
const allTypes = ['lowercase', 'uppercase', 'number', 'special'] as const;

test.each<[string, PasswordPolicy, string[]]>([
  ['', 'none', ['empty']],
  ['x', 'none', []],
  ['12345', 'low', ['too-short']],
  ['123456', 'low', []],
  ['1234567', { level: 'low', minLength: 8 }, ['too-short']],
  ['Abc1', { level: 'fair', minLength: 4 }, []],
  ['abcdefgh', 'fair', ['uppercase', 'number']],
  ['Abcdefg1', 'fair', []],
  ['Abc1', 'fair', ['too-short']],
  ['abcdefg1', 'good', ['three-character-types']],
  ['abcdef1!', 'good', []],
  ['abcdef1-', 'good', ['three-character-types']],
  ['abcdef1!', 'excellent', ['too-short']],
  ['aaabcdef1!', 'excellent', ['identical-characters']],
  ['aabbcdef1!', 'excellent', []],
  ['abc', flexible({ minLength: 4 }), ['too-short']],
  ['abc1', flexible({ characterTypes: allTypes }), ['uppercase', 'special']],
  ['Abc1', flexible({ characterTypes: allTypes, characterTypeRule: 'three_of_four' }), []],
  [
    'abc1',
    flexible({ characterTypes: allTypes, characterTypeRule: 'three_of_four' }),
    ['three-character-types'],
  ],
  ['x111', flexible({ identicalCharacters: 'block' }), ['identical-characters']],
  ['xABCx', flexible({ sequentialCharacters: 'block' }), ['sequential-characters']],
  ['x321x', flexible({ sequentialCharacters: 'block' }), ['sequential-characters']],
  ['acb132', flexible({ sequentialCharacters: 'block' }), []],
  ['x'.repeat(73), flexible({ maxLengthExceeded: 'error' }), ['too-long']],
  ['x'.repeat(73), flexible(), []],
])('%s under %o', (password, policy, breaches) => {
  expect(policyBreaches(new Secret(password), policy)).toEqual(breaches);
});

describe('attack protection', () => {
  const logins = (count: number, success: boolean, everyMs: number) => {
    let history: LoginHistory = freshHistory(0);
    for (let i = 0; i < count; i += 1) {
      const { history: next, blocked } = admitLogin(history, i * everyMs, '7');
      if (blocked !== null) return { at: i, blocked, history: next };
      history = afterLogin(next, success);
    }
    return { at: count, blocked: null, history };
  };

  test('the eleventh login after ten failures is blocked, and a release helps', () => {
    const { at, blocked, history } = logins(11, false, 10_000);
    expect([at, blocked]).toEqual([
      10,
      {
        cause: 'state.too-many-failures',
        detail: '10 failed logins',
        events: [{ type: 'logged', log: 'limit_wc', userId: 'auth0|7', description: 'too_many_attempts' }],
      },
    ]);
    expect(admitLogin(released(history), 110_000, '7').blocked).toBeNull();
  });

  test('a success starts the count of failures again', () => {
    const nine = logins(9, false, 10_000).history;
    const tenth = afterLogin(admitLogin(nine, 100_000, '7').history, true);
    expect([nine.failures, tenth.failures]).toEqual([9, 0]);
  });

  test('twenty logins at once, right or wrong, and one every six seconds after that', () => {
    const { at, blocked, history } = logins(30, true, 0);
    expect([at, blocked?.cause, blocked?.events[0]]).toEqual([
      20,
      'state.too-many-logins',
      { type: 'logged', log: 'limit_sul', userId: 'auth0|7', description: 'too_many_logins' },
    ]);
    expect([
      admitLogin(history, 5_900, '7').blocked === null,
      admitLogin(history, 6_000, '7').blocked === null,
    ]).toEqual([false, true]);
    expect(logins(100, true, 6_000).at).toBe(100);
  });
});
