import { expect, test } from 'vitest';
import type { Json } from '#domain/json.ts';
import { profileFromScript } from '#domain/profile/profile-from-script.ts';
import { storedProfile } from '#domain/profile/stored-profile.ts';
import { assuming } from '#test/given-accounts.ts';

const stored = (value: Json, importMode: boolean, assumptions = assuming()) => {
  const { email, username, name, nickname, picture } = storedProfile(
    profileFromScript(value).profile!,
    importMode,
    assumptions,
  );
  return { email, username, name, nickname, picture };
};

test('with import on identifiers are stored in lower case, and missing names are generated', () => {
  expect(stored({ user_id: '7', email: 'Anna.Lind@Example.com', username: 'ANNA' }, true)).toEqual({
    email: 'anna.lind@example.com',
    username: 'anna',
    name: 'anna.lind@example.com',
    nickname: 'anna.lind',
    picture: 'https://cdn.auth0.com/avatars/an.png',
  });
});

test('with import off they stay as they are returned', () => {
  expect(
    stored({ user_id: '7', email: 'Anna@Example.com', name: 'A', nickname: 'B', picture: 'C' }, false),
  ).toEqual({
    email: 'Anna@Example.com',
    username: null,
    name: 'A',
    nickname: 'B',
    picture: 'C',
  });
});

test('secrets of factors are masked', () => {
  const value = { user_id: '7', mfa_factors: [{ totp: { secret: 'CANARY' } }, { phone: { value: '+1' } }] };
  const profile = storedProfile(profileFromScript(value).profile!, true, assuming());
  expect(profile.mfaFactors).toEqual([{ totp: { secret: '*****' } }, { phone: { value: '+1' } }]);
});

test('the generated name follows its assumption', () => {
  const assumptions = assuming({ 'default-name': 'nickname' });
  expect(stored({ user_id: '7', email: 'anna@example.com' }, true, assumptions).name).toBe('anna');
});

test('without any identifier nothing is generated', () => {
  expect(stored({ user_id: '7' }, true)).toEqual({
    email: null,
    username: null,
    name: null,
    nickname: null,
    picture: null,
  });
});
