import { describe, expect, it } from 'vitest';
import type { SampleRow } from '#sample/sample-row.ts';
import { formatOf, makeSample } from './sample.ts';

// Rules of the target, written down once more and independently of the generator and of the product's own checks.
const EMAIL = /^[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/;
const USERNAME = /^[a-z0-9]{3,15}$/;
const FORBIDDEN = new Set(
  (
    '__tenant _id blocked clientID created_at email_verified email globalClientID global_client_id identities ' +
    'lastIP lastLogin loginsCount metadata multifactor_last_modified multifactor updated_at user_id'
  ).split(' '),
);

function soundnessOf(row: SampleRow) {
  const profile = JSON.parse(row.profile_json) as Record<string, unknown>;
  const preferences = JSON.parse(row.preferences!) as Record<string, unknown>;
  const keys = [...Object.keys(profile), ...Object.keys(preferences)];
  return {
    email: EMAIL.test(row.email!) && row.email!.length <= 254,
    emailConfirmed: [0, 1, null].includes(row.email_confirmed),
    username: USERNAME.test(row.login_name),
    names: [row.first_name, row.last_name, row.display_name].every(
      (name) => name.length >= 1 && name.length <= 150,
    ),
    displayName: row.display_name === `${row.first_name} ${row.last_name}`,
    phone: row.phone === null || /^\+[1-9]\d{6,14}$/.test(row.phone),
    picture: row.avatar === null || URL.canParse(row.avatar),
    uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(row.legacy_uuid!),
    state: row.status === 'active' && row.is_locked === 0,
    keys: keys.every((key) => !FORBIDDEN.has(key) && !/[.$]/.test(key)),
    size: Buffer.byteLength(JSON.stringify(row)) < 4096,
    nfc: JSON.stringify(row) === JSON.stringify(row).normalize('NFC'),
  };
}

const SOUND = Object.fromEntries(
  Object.keys(soundnessOf(makeSample(300).clean[0]!)).map((rule) => [rule, true]),
);

describe.each([1000, 20_000])('users without a planted fault, of %i', (size) => {
  const { users, clean, truth } = makeSample(size);

  it('keep every rule of the target', () => {
    expect(clean.filter((row) => JSON.stringify(soundnessOf(row)) !== JSON.stringify(SOUND))).toEqual([]);
  });

  it('share no address, login name, telephone number or uuid with anybody', () => {
    const seen = new Map<string, number>();
    const valuesOf = (row: SampleRow) =>
      [row.email, row.login_name, row.phone, row.legacy_uuid].flatMap((value) =>
        value === null ? [] : [value.toLowerCase().normalize('NFC')],
      );
    for (const { row } of users) {
      for (const value of valuesOf(row)) seen.set(value, (seen.get(value) ?? 0) + 1);
    }
    expect(clean.filter((row) => valuesOf(row).some((value) => seen.get(value)! > 1))).toEqual([]);
  });

  it('have hashes that are recognised, all but the home-made scheme', () => {
    const unknown = clean.filter((row) => {
      const format = formatOf(row);
      return (format === 'unknown') !== (row.pw_scheme === 'acme1');
    });
    expect(unknown.map((row) => [row.pw_scheme, row.pw_hash])).toEqual([]);
  });

  it('include every test account', () => {
    const ids = new Set(clean.map((row) => row.id));
    expect(truth.accounts.filter((id) => !ids.has(id))).toEqual([]);
  });
});
