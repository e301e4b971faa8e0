import { expect, test } from 'vitest';
import type { Json } from '#domain/json.ts';
import { compareProfiles, mappedAttributes } from '#domain/profile/compare-profiles.ts';
import { profileFromScript } from '#domain/profile/profile-from-script.ts';

const base = {
  user_id: '7',
  email: 'anna@example.com',
  email_verified: true,
  user_metadata: { a: 1, b: { c: [1, 2] } },
};
const compare = (changes: Record<string, Json>, knows?: ReadonlySet<string>) => {
  const profile = (value: Json) => profileFromScript(value).profile!;
  return compareProfiles(
    { name: 'get_user', profile: profile(base) },
    { name: 'login', profile: profile({ ...base, ...changes }), ...(knows === undefined ? {} : { knows }) },
  );
};

test('equal profiles, whatever the order of members', () => {
  expect(compare({ user_metadata: { b: { c: [1, 2] }, a: 1 } })).toEqual({ different: [], findings: [] });
});

test.each<[string, Record<string, Json>, string[], string[]]>([
  ['another id', { user_id: '8' }, ['user_id'], ['profile.user-id-differs: get_user and login']],
  [
    'capitals',
    { email: 'Anna@Example.com' },
    ['email'],
    ['profile.differs-in-case: get_user and login: email'],
  ],
  [
    'other values',
    { name: 'A', email_verified: false },
    ['name', 'email_verified'],
    ['profile.attributes-differ: get_user and login: name, email_verified'],
  ],
  [
    'deep metadata',
    { user_metadata: { a: 1, b: { c: [2, 1] } } },
    ['user_metadata'],
    ['profile.attributes-differ: get_user and login: user_metadata'],
  ],
  ['absent and empty metadata are equal', { app_metadata: {} }, [], []],
  [
    'all at once',
    { user_id: '8', email: 'ANNA@example.com', name: 'A' },
    ['user_id', 'email', 'name'],
    [
      'profile.user-id-differs: get_user and login',
      'profile.differs-in-case: get_user and login: email',
      'profile.attributes-differ: get_user and login: name',
    ],
  ],
])('%s', (_name, changes, different, findings) => {
  const result = compare(changes);
  expect([result.different, result.findings.map(({ code, detail }) => `${code}: ${detail}`)]).toEqual([
    different,
    findings,
  ]);
});

test('a mapped row speaks about mapped columns only', () => {
  const knows = mappedAttributes({ id: 'id', email: 'mail', passwordHash: 'pw' });
  expect([[...knows], compare({ name: 'A', email: 'b@example.com' }, knows).different]).toEqual([
    ['user_id', 'email'],
    ['email'],
  ]);
});
