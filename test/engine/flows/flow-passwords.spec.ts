import { expect, test } from 'vitest';
import type { PasswordRole } from '#domain/migration/stories.ts';
import { Secret } from '#domain/secret.ts';
import { flowPasswords, type GivenPasswords } from '#engine/flows/flow-passwords.ts';

let made = 0;
const identity = {
  trialId: () => '',
  checksum: () => '',
  password: () => new Secret(`made-${(made += 1)}`),
};
const given = (changes: Partial<GivenPasswords> = {}) =>
  flowPasswords(identity, {
    typed: undefined,
    typedNew: undefined,
    known: undefined,
    storedDigests: [],
    ...changes,
  });
const ROLES: readonly PasswordRole[] = ['own', 'wrong', 'new', 'changed-in-legacy'];
const plans = (passwords: ReturnType<typeof given>) =>
  ROLES.map((role) => {
    const plan = passwords.planFor(role);
    return plan.kind === 'true' ? 'true' : plan.answer;
  });
const accepted = (passwords: ReturnType<typeof given>) => ROLES.map((role) => passwords.legacyAccepts(role));

test('a known password is checked truly, an unknown one is answered for', () => {
  const typed = given({ typed: 'mine', known: new Secret('listed') });
  const listed = given({ known: new Secret('listed') });
  const unknown = given();
  expect([typed, listed, unknown].map(({ source }) => source)).toEqual(['typed', 'credentials', 'assumed']);
  expect([typed.of('own').reveal(), listed.of('own').reveal()]).toEqual(['mine', 'listed']);
  expect([plans(typed), plans(unknown)]).toEqual([
    ['true', 'true', 'true', 'true'],
    ['right', 'wrong', 'wrong', 'wrong'],
  ]);
});

test('a typed password is the right one only when the script has taken it', () => {
  const typed = given({ typed: 'mine' });
  const before = accepted(typed);
  typed.proveOwn();
  expect([before, accepted(typed)]).toEqual([
    [null, false, false, false],
    [true, false, false, false],
  ]);
});

test('after a change in the legacy store nothing can be checked truly there, and only the new one is right', () => {
  const typed = given({ typed: 'mine' });
  typed.legacyChanged('changed-in-legacy');
  expect([plans(typed), accepted(typed)]).toEqual([
    ['wrong', 'wrong', 'wrong', 'right'],
    [false, false, false, true],
  ]);
});

test('a password that a script has set is checked truly', () => {
  const unknown = given({ typedNew: 'fresh' });
  unknown.legacyChanged('new');
  expect([plans(unknown), accepted(unknown), unknown.of('new').reveal()]).toEqual([
    ['wrong', 'wrong', 'true', 'wrong'],
    [false, false, true, false],
    'fresh',
  ]);
});

test('every wrong password is another one', () => {
  const passwords = given();
  expect(passwords.of('wrong').reveal()).not.toBe(passwords.of('wrong').reveal());
});
