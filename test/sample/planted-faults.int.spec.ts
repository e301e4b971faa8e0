import { describe, expect, it } from 'vitest';
import { FAULT_NAMES, type FaultName, plantedFault } from '#sample/planted-faults.ts';
import type { SampleRow } from '#sample/sample-row.ts';
import { formatOf, makeSample } from './sample.ts';

const same = (a: string | null, b: string | null, form: 'NFC' | 'NFD' = 'NFC') =>
  a?.toLowerCase().normalize(form) === b?.toLowerCase().normalize(form);
const isEmail = (text: string) =>
  /^[^@\s<>]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(text) && !/\.\.|\.@/.test(text);
const parsed = (text: string) => JSON.parse(text) as Record<string, unknown>;
const keysOf = (value: unknown): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)])
    : [];
const composed = (row: SampleRow) => row.display_name === `${row.first_name} ${row.last_name}`;

/** How each fault shows in a row, said independently of how it is planted. */
const SYMPTOMS: Readonly<Record<FaultName, (row: SampleRow, partner: SampleRow | null) => boolean>> = {
  'email-case-duplicate': (row, partner) => row.email !== partner!.email && same(row.email, partner!.email),
  'email-shared': (row, partner) => row.email === partner!.email,
  'email-invalid': (row) => row.email !== null && !isEmail(row.email),
  'email-missing': (row) => row.email === null,
  'email-non-ascii': (row, partner) =>
    row.email !== partner!.email &&
    row.email === row.email!.normalize('NFD') &&
    partner!.email === partner!.email!.normalize('NFC') &&
    /[^ -~]/.test(row.email) &&
    /[^ -~]/.test(partner!.email),
  'hash-missing': (row) => row.pw_hash === null && row.pw_scheme === null,
  'hash-garbled': (row) => formatOf(row) === 'unknown' && row.pw_scheme !== 'acme1',
  'hash-plain-text': (row) => formatOf(row) === 'plain-text',
  'username-like-email': (row) => isEmail(row.login_name),
  'username-too-long': (row) => row.login_name.length > 15 && /^[a-z0-9-]+$/.test(row.login_name),
  'username-bad-characters': (row) =>
    row.login_name.length <= 15 && /[^a-z0-9@^$.!`\-#+'~_]/.test(row.login_name),
  'metadata-too-large': (row) => Buffer.byteLength(row.preferences!) > 10_240,
  'app-metadata-forbidden-key': (row) =>
    Object.keys(parsed(row.profile_json)).filter((key) => key !== 'hold').length === 4,
  'metadata-key-characters': (row) => keysOf(parsed(row.preferences!)).some((key) => /[.$]/.test(key)),
  'name-too-long': (row) =>
    row.first_name.length > 150 && row.last_name.length > 150 && row.display_name.length > 300,
  'phone-not-e164': (row) => row.phone !== null && !/^\+[0-9]{1,15}$/.test(row.phone),
  'user-id-unstable': (row) => row.legacy_uuid === null,
  blocked: (row) => row.is_locked === 1,
  'profiles-differ': (row) => !composed(row),
  'script-throws': (row) => row.preferences === null,
  'script-never-calls-back': (row) => row.status === 'review',
  'profile-json-broken': (row) => {
    try {
      return parsed(row.profile_json) === undefined;
    } catch {
      return true;
    }
  },
  'name-emoji': (row) => /\p{Extended_Pictographic}|𝒜/u.test(row.display_name),
  'name-right-to-left': (row) => /[\u0590-\u06ff]/.test(row.display_name),
  'account-on-hold': (row) => /"hold":"/.test(row.profile_json),
  'partner-address-capitals': (row) => row.email?.endsWith('@Partner.Acme-Retail.example') === true,
};

describe.each([300, 1000, 20_000])('planted faults among %i users', (size) => {
  const { users, byId, faults, truth } = makeSample(size);

  it('are all there, in the numbers that the scale gives', () => {
    const expected = FAULT_NAMES.map((fault) => {
      const { per20k, atLeast, atMost = Infinity } = plantedFault(fault);
      return [fault, Math.max(atLeast, Math.min(atMost, Math.round((per20k * size) / 20_000)))];
    });
    expect(truth.faults.map(({ fault, ids }) => [fault, ids.length])).toEqual(expected);
  });

  it.each(FAULT_NAMES)('show as %s says, in every row named and in no other', (fault) => {
    const { ids, partners } = faults[fault];
    const partnerOf = new Map(ids.map((id, at) => [id, byId.get(partners[at] ?? -1) ?? null]));
    const paired = plantedFault(fault).paired === true;
    const showing = users
      .map(({ row }) => row)
      .filter((row) => (paired && !partnerOf.has(row.id) ? false : showsUnpaired(fault, row, partnerOf)));
    expect(showing.map((row) => row.id)).toEqual(ids);
  });

  it('never meet in one row, nor in a test account or a partner', () => {
    const all = [...truth.faults.flatMap(({ ids, partners }) => [...ids, ...partners]), ...truth.accounts];
    expect(all.length - new Set(all).size).toBe(0);
    expect(
      truth.faults.flatMap(({ ids, partners }) =>
        partners.length > 0 ? [ids.length - partners.length] : [],
      ),
    ).toEqual([0, 0, 0]);
  });

  it('come after their partners', () => {
    const early = truth.faults.flatMap(({ ids, partners }) =>
      partners.filter((partner, at) => partner >= ids[at]!),
    );
    expect(early).toEqual([]);
  });

  it('have known passwords where the scripts have to be seen at work', () => {
    const known = new Set(users.filter((user) => user.password !== null).map(({ row }) => row.id));
    const expected = new Set([
      ...truth.accounts,
      ...truth.faults.flatMap(({ fault, ids }) => (plantedFault(fault).knownPassword ? ids : [])),
    ]);
    expect(known).toEqual(expected);
  });

  function showsUnpaired(fault: FaultName, row: SampleRow, partnerOf: ReadonlyMap<number, SampleRow | null>) {
    // The symptoms of other faults read columns that this one has emptied.
    try {
      return SYMPTOMS[fault](row, partnerOf.get(row.id) ?? null);
    } catch {
      return false;
    }
  }
});
