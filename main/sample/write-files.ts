import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify/sync';
import { SAMPLE_COLUMNS, type SampleUser } from '#sample/sample-row.ts';

const ROWS_PER_CHUNK = 500;

/** A CSV file with a header; nulls are empty fields. The path must be free. */
export async function writeSampleCsv(path: string, users: Iterable<SampleUser>): Promise<void> {
  await writeChunks(path, users, (rows, first) =>
    stringify(
      rows.map(({ row }) => SAMPLE_COLUMNS.map((column) => row[column])),
      { header: first, columns: [...SAMPLE_COLUMNS] },
    ),
  );
}

/** One JSON object a line. The path must be free. */
export async function writeSampleNdjson(path: string, users: Iterable<SampleUser>): Promise<void> {
  await writeChunks(path, users, (rows) => rows.map(({ row }) => `${JSON.stringify(row)}\n`).join(''));
}

type Format = (rows: readonly SampleUser[], first: boolean) => string;

async function writeChunks(path: string, users: Iterable<SampleUser>, format: Format): Promise<void> {
  await pipeline(Readable.from(chunks(users, format)), createWriteStream(path, { flags: 'wx' }));
}

function* chunks(users: Iterable<SampleUser>, format: Format): Generator<string> {
  let rows: SampleUser[] = [];
  let first = true;
  for (const user of users) {
    rows.push(user);
    if (rows.length < ROWS_PER_CHUNK) continue;
    yield format(rows, first);
    rows = [];
    first = false;
  }
  if (rows.length > 0 || first) yield format(rows, first);
}
