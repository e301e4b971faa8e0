import { expect, it } from 'vitest';
import type { FieldMapping } from '#domain/profile/legacy-user.ts';
import { mapRow } from '#domain/profile/map-row.ts';
import { cohortsOf } from '#domain/projections/cohorts.ts';
import { rowMark } from '#domain/projections/row-mark.ts';
import { traitsOf } from '#domain/projections/traits.ts';

const MAPPING: FieldMapping = {
  id: 'id',
  email: 'mail',
  emailVerified: 'ok',
  username: 'login',
  passwordScheme: 'scheme',
  createdAt: 'made',
  blocked: 'locked',
  userMetadata: 'prefs',
  appMetadata: ['country', 'roles'],
};
const NOW = Date.UTC(2026, 10, 24);
const ROW = {
  id: 7,
  mail: 'Ada@Example.com',
  ok: 1,
  login: null,
  scheme: 'md5',
  made: '2019-05-04 10:00:00',
  locked: 0,
  prefs: JSON.stringify({
    theme: 'dark',
    size: 12,
    tags: ['a'],
    panes: { left: 1 },
    none: null,
    bio: 'x'.repeat(41),
  }),
  country: 'DE',
  roles: null,
};

const userOf = (row: Record<string, unknown>) => mapRow(row, [7], MAPPING).user!;
const traits = (row: Record<string, unknown> | null): Record<string, string> => {
  const user = row === null ? null : userOf(row);
  const cohorts = cohortsOf(user, user === null ? 'unknown' : 'md5', NOW);
  return Object.fromEntries(
    traitsOf(user, MAPPING, cohorts).map(({ attribute, value }) => [attribute, value]),
  );
};

it('says of a user what many share, and nothing that names the person', () => {
  expect(traits(ROW)).toEqual({
    hashFormat: 'md5',
    lastLogin: 'never',
    emailDomain: 'example.com',
    createdAt: '2019',
    emailVerified: 'yes',
    blocked: 'no',
    username: '(none)',
    passwordScheme: 'md5',
    'userMetadata.theme': 'dark',
    'userMetadata.size': '12',
    'userMetadata.tags': '(a list)',
    'userMetadata.panes': '(an object)',
    'userMetadata.bio': '(long text)',
    'appMetadata.country': 'DE',
  });
});

it('knows nothing of a row that could not be read, under the same attributes', () => {
  expect(traits(null)).toEqual({
    hashFormat: 'unknown',
    lastLogin: 'unknown',
    emailDomain: '(no e-mail)',
    createdAt: 'unknown',
    emailVerified: 'unknown',
    blocked: 'unknown',
    username: 'unknown',
    passwordScheme: 'unknown',
  });
});

it('takes no more members of metadata than a few', () => {
  const prefs = JSON.stringify(
    Object.fromEntries(Array.from({ length: 500 }, (_none, n) => [`user ${n}`, n])),
  );
  expect(
    Object.keys(traits({ ...ROW, prefs })).filter((name) => name.startsWith('userMetadata.')),
  ).toHaveLength(20);
});

it('marks a row by everything but its password and its logins', () => {
  const mark = (changes: Record<string, unknown>) => rowMark(userOf({ ...ROW, ...changes }));
  const before = mark({});
  expect({
    again: mark({}) === before,
    scheme: mark({ scheme: 'sha1' }) === before,
    mail: mark({ mail: 'ada@example.com' }) === before,
    locked: mark({ locked: 1 }) === before,
    country: mark({ country: 'FR' }) === before,
  }).toEqual({ again: true, scheme: true, mail: false, locked: false, country: false });
});
