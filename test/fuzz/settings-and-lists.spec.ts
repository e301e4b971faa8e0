import { expect, test } from 'vitest';
import { importFileRecords } from '#domain/migration/import-file-records.ts';
import { importRecordFromJson } from '#domain/migration/import-record-from-json.ts';
import { maskRawRecord } from '#domain/migration/import-json.ts';
import { validateImportRecord } from '#domain/migration/validate-import-record.ts';
import type { JsonObject } from '#domain/json.ts';
import { Fault } from '#engine/fault.ts';
import { rejectedKeys } from '#hosts/cli/rejected-keys.ts';
import { UsageError } from '#hosts/cli/trouble.ts';
import { readSettings } from '#project/read-settings.ts';
import { filledLines, mutations } from '#test/fuzz.ts';
import { assuming } from '#test/given-accounts.ts';
import { PLANTED_SETTINGS } from '#test/planted-audit.ts';

const RULES = { requiresUsername: true, usernameLength: { min: 1, max: 15 }, assumptions: assuming() };

const IMPORT_FILES = [
  '[{"email":"a@example.com","user_id":"1","password_hash":"$2b$10$nFguVi9LsCAcvTZFKQlRKeLVydo8ETv483lkNsSFI/Wl1Rz1Ypo1K"}]',
  '[{"email":"b@example.com","email_verified":true,"custom_password_hash":{"algorithm":"pbkdf2","hash":{"value":"$pbkdf2-sha256$i=1000,l=32$c2FsdA$a2V5","encoding":"utf8"}}},\n{"username":"bo","user_metadata":{"a":{"b":1}}}]',
  '[{"email":"c@example.com","mfa_factors":[{"totp":{"secret":"JBSWY3DPEHPK3PXP"}},{"phone":{"value":"+15551234567"}}],"app_metadata":{"x":[]}}]',
  '[{"email":"d@example.com","custom_password_hash":{"algorithm":"md5","hash":{"value":"5f4dcc3b5aa765d61d8327deb882cf99","encoding":"hex"},"salt":{"value":"s","position":"suffix"}}}]',
];

test('import files: records or broken; every record is accepted or refused, and none is missing', () => {
  const seen = { broken: 0, accepted: 0, refused: 0 };
  for (const text of mutations(21, IMPORT_FILES, 30_000)) {
    const read = importFileRecords(text);
    if (read.kind === 'broken') {
      seen.broken += 1;
      continue;
    }
    expect(read.records).toHaveLength((JSON.parse(text) as unknown[]).length);
    for (const record of read.records) {
      const valid = validateImportRecord(record, RULES).length === 0;
      seen[valid ? 'accepted' : 'refused'] += 1;
      maskRawRecord(record);
      if (valid) importRecordFromJson(record as JsonObject);
    }
  }
  expect(
    Object.values(seen).every((count) => count > 100),
    JSON.stringify(seen),
  ).toBe(true);
}, 60_000);

test('userferry.json: settings, or problems that say where', () => {
  const text = JSON.stringify(PLANTED_SETTINGS, null, 2);
  const seen = { read: 0, problems: 0, newer: 0 };
  for (const changed of mutations(22, [text], 8_000)) {
    try {
      const { settings, problems } = readSettings(changed);
      if (settings === null) expect(problems.length).toBeGreaterThan(0);
      seen[settings === null ? 'problems' : 'read'] += 1;
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      seen.newer += 1;
    }
  }
  expect([seen.read > 50, seen.problems > 5_000, seen.read + seen.problems + seen.newer]).toEqual([
    true,
    true,
    8_000,
  ]);
}, 60_000);

const REJECTS = [
  '{"key":[1],"position":0,"phase":"bulk","status":"failed","cause":"import.bad-email","findings":[]}\n{"key":["a","b"]}\n{"key":[2]}\n',
  '{"key":[4711]}\r\n\r\n{"key":["x"]}\n{"key":[4711]}',
];

test('rejects files: the key of every line, or the file is refused', () => {
  const seen = { read: 0, refused: 0 };
  for (const text of mutations(23, REJECTS, 15_000)) {
    try {
      const keys = rejectedKeys(text, 'rejects.ndjson');
      const distinct = new Set(
        text
          .split('\n')
          .filter((line) => line.trim() !== '')
          .map(keyText),
      );
      if (keys.length !== distinct.size) expect.fail(JSON.stringify(text));
      expect(keys.length).toBeLessThanOrEqual(filledLines(text));
      seen.read += 1;
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      seen.refused += 1;
    }
  }
  expect(
    Object.values(seen).every((count) => count > 100),
    JSON.stringify(seen),
  ).toBe(true);
}, 60_000);

const keyText = (line: string) => JSON.stringify((JSON.parse(line) as { readonly key: unknown }).key);
