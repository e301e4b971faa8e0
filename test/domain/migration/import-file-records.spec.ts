import { expect, test } from 'vitest';
import type { JsonObject } from '#domain/json.ts';
import { importFileRecords } from '#domain/migration/import-file-records.ts';
import { importRecordFromJson } from '#domain/migration/import-record-from-json.ts';
import { maskRawRecord } from '#domain/migration/import-json.ts';
import { validateImportRecord } from '#domain/migration/validate-import-record.ts';
import { assuming } from '#test/given-accounts.ts';

const RULES = { requiresUsername: false, usernameLength: { min: 1, max: 15 }, assumptions: assuming() };

test('brackets inside texts are no depth, and a real array of any length is read', () => {
  const nested = `[{"user_metadata":{"a":"${'['.repeat(2_000)}\\"${'{'.repeat(2_000)}"}}]`;
  expect(importFileRecords(nested)).toMatchObject({ kind: 'records', records: [{}] });
  expect(importFileRecords(`${'['.repeat(500)}${']'.repeat(500)}`).kind).toBe('records');
  expect(importFileRecords(`${'['.repeat(501)}${']'.repeat(501)}`)).toMatchObject({
    cause: 'import.file-not-json',
  });
});

/** A repeatable stream of whole numbers below a bound. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >> 8) % below;
  };
}

const PIECES = (
  '{ } [ ] , : "email" "a@b.io" "user_id" "password_hash" "custom_password_hash" "algorithm" "md5" "hash" "value" ' +
  '"salt" "app_metadata" "mfa_factors" "totp" "secret" "blocked" true false null 0 -1 1e999 "" "\\u0000" "é" \ufeff ' +
  '{"email":"a@b.io"} {"email":"a@b.io","custom_password_hash":{"algorithm":"md5","hash":{"value":"x","encoding":"hex"}}} ' +
  '{"custom_password_hash":[]} {"mfa_factors":[{"totp":{"secret":"A"}}]} {"__proto__":{"email":"x"}} {"user_metadata":{"a.b":1}}'
).split(' ');

test('a hundred thousand files of rubbish: each is records or broken, and no record is lost or breaks the check', () => {
  const next = numbers(20_261_124);
  const tally = { records: 0, broken: 0, accepted: 0, refused: 0 };
  for (let i = 0; i < 100_000; i += 1) {
    const middle = Array.from({ length: next(7) }, () => PIECES[next(PIECES.length)]!);
    const text = next(3) === 0 ? middle.join('') : `[${middle.join(next(2) === 0 ? ',' : '')}]`;
    const read = importFileRecords(text);
    tally[read.kind] += 1;
    if (read.kind === 'broken') continue;
    expect(read.records).toEqual(JSON.parse(text));
    for (const record of read.records) {
      const valid = validateImportRecord(record, RULES).length === 0;
      tally[valid ? 'accepted' : 'refused'] += 1;
      maskRawRecord(record);
      if (valid) importRecordFromJson(record as JsonObject);
    }
  }
  expect(Object.values(tally).every((count) => count > 500)).toBe(true);
}, 60_000);
