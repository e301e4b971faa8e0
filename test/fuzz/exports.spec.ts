import { expect, test } from 'vitest';
import { csvRecords } from '#audit/csv-records.ts';
import { ndjsonRecords } from '#audit/ndjson-records.ts';
import type { RecordSink } from '#audit/record-sink.ts';
import { DEFAULT_MARKERS } from '#domain/audit/markers.ts';
import { AUDIT_ATTRIBUTES } from '#domain/audit/audit-user.ts';
import { tenantUserOf } from '#domain/audit/tenant-record.ts';
import { Fault } from '#engine/fault.ts';
import { filledLines, inPieces, mutations, numbersFrom } from '#test/fuzz.ts';

const RULES = { connection: 'acme', markers: DEFAULT_MARKERS, kept: AUDIT_ATTRIBUTES.map(() => true) };
const LONGEST = 16 * 1024 * 1024;

/** Counts what a reader gives, and puts every record through what the audit does with it. */
function counting() {
  const counts = { records: 0, broken: 0 };
  const sink: RecordSink = {
    record(record, line) {
      counts.records += 1;
      tenantUserOf(record, RULES, { file: 0, line });
    },
    broken: () => void (counts.broken += 1),
  };
  return { counts, sink };
}

async function refusal(work: Promise<unknown>): Promise<Fault | null> {
  try {
    await work;
    return null;
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}

const NDJSON = [
  '{"user_id":"auth0|a","email":"ada@example.com","identities":[{"connection":"acme","user_id":"a"}]}\n{"user_id":"auth0|b"}\n',
  '{"Id":"auth0|auth0|c","Email":"c@example.com","Connection":"acme"}\r\n\r\n{"Id":"google-oauth2|1"}\r\n{"Id":7}',
  '{"user_id":"auth0|d","app_metadata":{"lazyMigration":true,"x":[1,{"y":null}]},"logins_count":3}\n{"a":1}\n[1]\n',
];

test('NDJSON exports: every line is a record, a named problem, or the file is refused', async () => {
  const next = numbersFrom(1);
  const seen = { whole: 0, broken: 0, refused: 0 };
  for (const text of mutations(11, NDJSON, 30_000)) {
    const { counts, sink } = counting();
    const refused = await refusal(ndjsonRecords(inPieces(text, next), 'x', {}, LONGEST, sink));
    if (refused !== null) seen.refused += 1;
    else if (counts.records + counts.broken !== filledLines(text)) expect.fail(JSON.stringify(text));
    else seen[counts.broken > 0 ? 'broken' : 'whole'] += 1;
  }
  expect(
    Object.values(seen).every((count) => count > 100),
    JSON.stringify(seen),
  ).toBe(true);
}, 60_000);

const CSV = [
  `"Id","Email","Name"\r\n"'auth0|a","'a@example.com","'O'Neill, ""A"""\r\n"'auth0|b","'b@example.com","'two\r\nlines"\r\n`,
  `user_id;email;user_metadata.plan\n'auth0|a;'a@example.com;'gold\n'auth0|b;;\n`,
  'user_id,identities[0].connection,app_metadata.a.b\nauth0|a,acme,1\nauth0|b,acme,2\nauth0|c,other,3\n',
];

test('CSV exports without quotation marks: every line below the heading is a record or a named problem', async () => {
  const next = numbersFrom(2);
  const seen = { whole: 0, broken: 0, refused: 0 };
  for (const changed of mutations(12, CSV, 20_000)) {
    const text = changed.replaceAll('"', '');
    const { counts, sink } = counting();
    const refused = await refusal(csvRecords(inPieces(text, next), 'x', {}, LONGEST, sink));
    if (refused !== null) seen.refused += 1;
    else if (counts.records + counts.broken !== csvLines(text) - 1) expect.fail(JSON.stringify(text));
    else seen[counts.broken > 0 ? 'broken' : 'whole'] += 1;
  }
  expect(
    Object.values(seen).every((count) => count > 100),
    JSON.stringify(seen),
  ).toBe(true);
}, 60_000);

/** A line of white space is a value of white space. */
function csvLines(text: string): number {
  return text.split(/\r\n|\n|\r/).filter((line) => line !== '').length;
}

test('CSV exports with quotation marks: what follows the last record is a named problem', async () => {
  const next = numbersFrom(3);
  const seen = { whole: 0, broken: 0, refused: 0 };
  for (const text of mutations(13, CSV, 10_000)) {
    const counts = { records: 0, broken: 0 };
    let read = 0;
    let named = false;
    const sink: RecordSink = {
      record(_record, line) {
        expect(line).toBeGreaterThan(read);
        read = line;
        named = false;
        counts.records += 1;
      },
      broken(line) {
        expect(line).toBeGreaterThan(read);
        named = true;
        counts.broken += 1;
      },
    };
    const refused = await refusal(csvRecords(inPieces(text, next), 'x', {}, LONGEST, sink));
    if (refused !== null) seen.refused += 1;
    else {
      const rest = text.split(/\r\n|\n|\r/).slice(read);
      if (read > 0 && !named && rest.some((line) => line !== '')) expect.fail(JSON.stringify(text));
      seen[counts.broken > 0 ? 'broken' : 'whole'] += 1;
    }
  }
  expect(
    Object.values(seen).every((count) => count > 100),
    JSON.stringify(seen),
  ).toBe(true);
}, 60_000);
