import { expect, test } from 'vitest';
import { maskRawRecord, toImportFileJson, toMaskedJson } from '#domain/migration/import-json.ts';
import { importRecord } from '#domain/migration/import-record.ts';
import { importRecordFromJson } from '#domain/migration/import-record-from-json.ts';
import type { HashRoute, RecognisedHash } from '#domain/password/recognised-hash.ts';
import { mapRow } from '#domain/profile/map-row.ts';
import { Secret } from '#domain/secret.ts';

const row = { id: 7, mail: 'anna@example.com', tel: '+4670', off: true, prefs: { a: 1 } };
const user = mapRow(row, [7], {
  id: 'id',
  email: 'mail',
  phoneNumber: 'tel',
  blocked: 'off',
  userMetadata: 'prefs',
}).user!;
const recognised = (route: HashRoute, warnings: string[] = []): RecognisedHash => ({
  format: 'bcrypt-2b',
  parameters: 'cost 10',
  confidence: 'certain',
  route,
  digest: null,
  warnings,
});
const profile = {
  user_id: '7',
  email_verified: false,
  email: 'anna@example.com',
  phone_number: '+4670',
  phone_verified: false,
  blocked: true,
  user_metadata: { a: 1 },
};

test('a bcrypt hash goes into password_hash; only the file shows it', () => {
  const { record, findings } = importRecord(
    user,
    recognised({ kind: 'password-hash', value: new Secret('canary') }),
  );
  expect([JSON.parse(toImportFileJson(record)), toMaskedJson(record), findings]).toEqual([
    { ...profile, password_hash: 'canary' },
    { ...profile, password_hash: '*****' },
    [],
  ]);
  expect(JSON.stringify(record)).not.toContain('canary');
});

test('another hash goes into custom_password_hash; every secret of it is masked', () => {
  const custom = {
    algorithm: 'hmac',
    hash: {
      value: new Secret('canary-1'),
      encoding: 'hex',
      digest: 'sha1',
      key: { value: new Secret('canary-2') },
    },
    salt: { value: new Secret('canary-3'), position: 'suffix' },
  } as const;
  const { record } = importRecord(user, recognised({ kind: 'custom', value: custom }));
  expect(JSON.parse(toImportFileJson(record)).custom_password_hash).toEqual({
    algorithm: 'hmac',
    hash: { value: 'canary-1', encoding: 'hex', digest: 'sha1', key: { value: 'canary-2' } },
    salt: { value: 'canary-3', position: 'suffix' },
  });
  expect(JSON.stringify([record, toMaskedJson(record)])).not.toContain('canary');
});

test('what the import cannot verify is left out and said so', () => {
  const { record, findings } = importRecord(
    user,
    recognised({ kind: 'lazy-only', code: 'password.x' }, ['password.weak']),
  );
  expect([record, findings]).toEqual([
    profile,
    [
      { code: 'password.weak', detail: 'bcrypt-2b, cost 10' },
      { code: 'password.x', detail: 'bcrypt-2b, cost 10' },
      { code: 'import.without-password', detail: 'bcrypt-2b, cost 10' },
    ],
  ]);
});

test('records of arbitrary files are masked whatever their shape, and valid ones are wrapped', () => {
  const raw = {
    email: 'anna@example.com',
    password_hash: 'canary',
    custom_password_hash: {
      algorithm: 'md5',
      hash: { value: 'canary', key: { value: 'canary' } },
      salt: 'canary',
    },
    mfa_factors: [{ totp: { secret: 'CANARY' } }, { phone: { value: '+1' } }],
  };
  expect(maskRawRecord(raw)).toEqual({
    email: 'anna@example.com',
    password_hash: '*****',
    custom_password_hash: {
      algorithm: 'md5',
      hash: { value: '*****', key: { value: '*****' } },
      salt: '*****',
    },
    mfa_factors: [{ totp: { secret: '*****' } }, { phone: { value: '+1' } }],
  });
  expect([
    maskRawRecord('x'),
    maskRawRecord({ custom_password_hash: 'canary', mfa_factors: 'canary' }),
  ]).toEqual([{}, { custom_password_hash: '*****', mfa_factors: '*****' }]);
  const valid = {
    email: 'a@example.com',
    custom_password_hash: { algorithm: 'md5', hash: { value: 'canary', encoding: 'hex' } },
  };
  const wrapped = importRecordFromJson(valid);
  expect([JSON.stringify(wrapped).includes('canary'), JSON.parse(toImportFileJson(wrapped))]).toEqual([
    false,
    valid,
  ]);
});
