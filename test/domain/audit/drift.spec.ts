import { expect, it } from 'vitest';
import { AUDIT_ATTRIBUTES, type AuditAttribute, type FileKnowledge } from '#domain/audit/audit-user.ts';
import { comparable, driftOf } from '#domain/audit/drift.ts';

type Values = Partial<Record<AuditAttribute, string>>;
const values = (given: Values) => AUDIT_ATTRIBUTES.map((name) => given[name] ?? null);
const ALL = AUDIT_ATTRIBUTES.map((_name, index) => index);

const drift = (legacy: Values, tenant: Values, leaves: FileKnowledge['leaves'] = null) =>
  driftOf(values(legacy), values(tenant), ALL, leaves);

it('finds what differs, in a fixed order', () => {
  expect(
    drift(
      { email: 'a@example.com', given_name: 'Ada', picture: 'p', blocked: 'true', email_verified: 'true' },
      {
        email: 'b@example.com',
        given_name: 'Grace',
        picture: 'p',
        blocked: 'false',
        email_verified: 'false',
      },
    ),
  ).toEqual(['email', 'given_name', 'email_verified', 'blocked']);
});

it('sets aside case of identifiers, blanks, what the tenant makes up, and booleans that are not there', () => {
  expect([
    drift({ email: 'Ada@Example.com', username: 'ADA' }, { email: 'ada@example.com', username: 'ada' }),
    drift({ given_name: 'Ada ' }, { given_name: 'Ada' }),
    drift({}, { name: 'ada@example.com', nickname: 'ada', picture: 'https://cdn.example/a.png' }),
    drift({ blocked: 'false', phone_verified: 'false' }, {}),
  ]).toEqual([[], [], [], []]);
});

it('counts a value that only the tenant has, and one that it lost', () => {
  expect([drift({}, { given_name: 'Ada' }), drift({ phone_number: '+491' }, {})]).toEqual([
    ['given_name'],
    ['phone_number'],
  ]);
});

it('compares metadata by what the legacy row gives', () => {
  const legacy = { user_metadata: '{"plan":"gold","tags":["a"]}' };
  expect([
    drift(legacy, { user_metadata: '{"plan":"gold","tags":["a"],"seen":1}' }),
    drift(legacy, { user_metadata: '{"seen":1,"tags":["a"],"plan":"gold"}' }),
    drift(legacy, { user_metadata: '{"plan":"gold","tags":["a","b"]}' }),
    // Begins like the legacy object, and goes on inside the value.
    drift({ user_metadata: '{"n":1}' }, { user_metadata: '{"n":12}' }),
    drift(legacy, {}),
    drift({ user_metadata: '{"plan":null}' }, {}),
    drift({}, { user_metadata: '{"seen":1}' }),
  ]).toEqual([[], [], ['user_metadata'], ['user_metadata'], ['user_metadata'], [], []]);
});

it('compares only the leaves that a CSV has', () => {
  const leaves = { user: ['plan', 'address.city'], app: [] };
  const legacy = { user_metadata: '{"plan":true,"address":{"city":"Ulm"},"other":1}' };
  expect([
    drift(legacy, { user_metadata: '{"plan":"true","address":{"city":"Ulm"}}' }, leaves),
    drift(legacy, { user_metadata: '{"plan":"true"}' }, leaves),
  ]).toEqual([[], ['user_metadata']]);
});

it('compares what both sides can speak about', () => {
  const knows = (...names: readonly AuditAttribute[]) => AUDIT_ATTRIBUTES.map((name) => names.includes(name));
  const file = { attributes: knows('email', 'blocked', 'picture'), logins: false, leaves: null };
  expect(
    comparable(knows('email', 'given_name', 'blocked'), file).map((index) => AUDIT_ATTRIBUTES[index]),
  ).toEqual(['email', 'blocked']);
});
