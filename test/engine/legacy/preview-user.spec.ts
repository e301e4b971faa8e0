import { expect, it } from 'vitest';
import { DEFAULT_ASSUMPTIONS } from '#domain/assumptions.ts';
import { previewUser } from '#engine/legacy/preview-user.ts';

const RULES = {
  connection: { requiresUsername: false, usernameLength: { min: 1, max: 15 } },
  assumptions: DEFAULT_ASSUMPTIONS,
};

it('shows a user by the form of its values, never by the values', () => {
  const row = {
    id: 4711,
    mail: 'mary.canary@example.com',
    hash: '0123456789abcdef0123456789abcdef',
    salt: 'canary-salt',
    first: 'Canary',
    seen: '2026-01-02T03:04:05Z',
    settings: '{"theme":"canary"}',
    locked: 1,
  };
  const preview = previewUser(
    row,
    {
      id: 'id',
      email: 'mail',
      passwordHash: 'hash',
      passwordSalt: 'salt',
      givenName: 'first',
      familyName: 'last',
      lastLogin: 'seen',
      userMetadata: 'settings',
      blocked: 'locked',
    },
    RULES,
  );
  expect({
    values: Object.fromEntries(preview.values.map(({ attribute, value }) => [attribute, value])),
    canaries: JSON.stringify(preview).match(/canary|0123456789/gi),
    codes: preview.findings.map(({ code }) => code),
  }).toEqual({
    values: {
      id: '4711',
      email: 'm***.c***@e***.c***',
      passwordHash: 'md5-salted, hex: importable as custom_password_hash',
      passwordSalt: 'a salt',
      givenName: 'C***',
      familyName: '(none)',
      lastLogin: '2026-01-02T03:04:05.000Z',
      userMetadata: 'an object of 1 members',
      blocked: 'yes',
    },
    canaries: null,
    codes: ['password.fast-digest', 'password.digest-ambiguous', 'password.salt-position-assumed'],
  });
});

it('says why a row is no user', () => {
  const { values, findings } = previewUser({ id: null }, { id: 'id' }, RULES);
  expect({ values, codes: findings.map(({ code }) => code) }).toEqual({
    values: [],
    codes: ['profile.id-missing'],
  });
});
