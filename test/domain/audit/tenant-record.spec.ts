import { expect, it } from 'vitest';
import { AUDIT_ATTRIBUTES } from '#domain/audit/audit-user.ts';
import { fieldOf, nested, pathParts, renamedKeys } from '#domain/audit/export-columns.ts';
import { DEFAULT_MARKERS } from '#domain/audit/markers.ts';
import { tenantUserOf } from '#domain/audit/tenant-record.ts';
import type { JsonObject } from '#domain/json.ts';

const RULES = { connection: 'acme', markers: DEFAULT_MARKERS, kept: AUDIT_ATTRIBUTES.map(() => true) };
const read = (record: JsonObject) => tenantUserOf(record, RULES, { file: 0, line: 7 });
const mine = { connection: 'acme', user_id: '1', provider: 'auth0' };

/** Id and e-mail address of the user that was read, or why there is none. */
const brief = (record: JsonObject) => {
  const found = read(record);
  if (found.kind !== 'user') return found.kind;
  const { user } = found;
  return `${user.id} ${user.values[0] ?? '-'}${user.linked ? ' linked' : ''}`;
};

it('reads everything that the audit needs', () => {
  const at = '2026-06-01T00:00:00.000Z';
  expect(
    read({
      user_id: 'auth0|1',
      email: 'ada@example.com',
      email_verified: true,
      blocked: false,
      given_name: '',
      identities: [mine],
      user_metadata: { plan: 'gold' },
      app_metadata: { lazyMigration: true, lazyMigrationTime: at, role: 'x' },
      created_at: at,
      last_login: at,
      logins_count: 4,
    }),
  ).toEqual({
    kind: 'user',
    user: {
      userId: 'auth0|1',
      id: '1',
      file: 0,
      line: 7,
      values: [
        'ada@example.com',
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        'true',
        null,
        'false',
        '{"plan":"gold"}',
        '{"role":"x"}',
      ],
      createdAt: at,
      lastLogin: at,
      logins: 4,
      marker: { at, by: null },
      linked: false,
      account: null,
    },
  });
});

it('takes users of the connection and leaves the others', () => {
  const google = { connection: 'google-oauth2', user_id: '9', provider: 'google-oauth2' };
  const email = 'a@example.com';
  expect([
    brief({ user_id: 'auth0|1', email, identities: [mine] }),
    brief({ user_id: 'auth0|1', email, identities: [{ ...mine, connection: 'other' }] }),
    brief({ user_id: 'google-oauth2|9', email, identities: [google] }),
    // Linked: the database identity is the second one.
    brief({
      user_id: 'google-oauth2|9',
      email,
      identities: [google, { ...mine, profileData: { email: 'own@example.com' } }],
    }),
    brief({ user_id: 'google-oauth2|9', email, identities: [google, { ...mine, user_id: 1 }] }),
    // Without identities only the prefix tells.
    brief({ user_id: 'auth0|1', email }),
    brief({ user_id: 'google-oauth2|9', email }),
    brief({ user_id: 'auth0|1', email, identities: [{ provider: 'auth0' }] }),
    // The leaves of a CSV.
    brief({ user_id: 'auth0|1', email, identities: { 0: { connection: 'acme' } } }),
    brief({ email }),
  ]).toEqual([
    '1 a@example.com',
    'other-connection',
    'other-connection',
    '1 own@example.com linked',
    '1 a@example.com linked',
    '1 a@example.com',
    'other-connection',
    '1 a@example.com',
    '1 a@example.com',
    'broken',
  ]);
});

it('knows the usual headings, renamed ones, and leaves', () => {
  expect({
    usual: ['Id', 'Email Verified', 'Connection', 'plan'].map((heading) => fieldOf(heading, {})),
    renamed: fieldOf('User', { User: 'user_id' }),
    unchanged: renamedKeys(['user_id', 'email'], {}),
    keys: [...(renamedKeys(['Id', 'email'], {}) ?? [])],
    parts: [pathParts('identities[0].connection'), pathParts('user_metadata.a.b')],
    nested: JSON.parse(
      JSON.stringify(
        nested([
          [['a', 'b'], '1'],
          [['a', 'c'], '2'],
          [['d'], '3'],
        ]),
      ),
    ) as unknown,
  }).toEqual({
    usual: ['user_id', 'email_verified', 'identities[0].connection', 'plan'],
    renamed: 'user_id',
    unchanged: null,
    keys: [
      ['Id', 'user_id'],
      ['email', 'email'],
    ],
    parts: [
      ['identities', '0', 'connection'],
      ['user_metadata', 'a', 'b'],
    ],
    nested: { a: { b: '1', c: '2' }, d: '3' },
  });
});

it('is not fooled by names of the language', () => {
  const hostile = nested([
    [['__proto__', 'polluted'], 'yes'],
    [['constructor', 'prototype', 'x'], 'y'],
  ]);
  expect([Object.getPrototypeOf(hostile), ({} as { polluted?: unknown }).polluted]).toEqual([
    null,
    undefined,
  ]);
});
