import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { expect, test } from 'vitest';
import { Fault } from '#engine/fault.ts';
import { csvRows } from '#legacy/dumps/csv-rows.ts';
import { DumpTable } from '#legacy/dumps/dump-table.ts';
import { ndjsonRows } from '#legacy/dumps/ndjson-rows.ts';
import { readConnection } from '#project/read-connection.ts';
import { readCredentials } from '#project/read-credentials.ts';
import { readSettings } from '#project/read-settings.ts';
import { createTrialFolders } from '#project/trial-folders.ts';
import { filledLines, inPieces, mutations, numbersFrom } from '#test/fuzz.ts';
import { PLANTED_SETTINGS } from '#test/planted-audit.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

/** A table that tells by which lines it was filled: one that comes twice would hide what it says. */
class CountingTable extends DumpTable {
  readonly lines: number[] = [];

  constructor() {
    super(':memory:');
  }
  override addRow(line: number, values: readonly unknown[]): void {
    super.addRow(line, values);
    this.lines.push(line);
  }
  override addProblem(line: number, problem: string): void {
    super.addProblem(line, problem);
    this.lines.push(line);
  }
}

/** Lines that a dump was read from; null where it is refused as no list of users. */
async function linesRead(
  text: string,
  next: (below: number) => number,
  sinkOf: (table: DumpTable) => NodeJS.WritableStream,
): Promise<readonly number[] | null> {
  const table = new CountingTable();
  try {
    await pipeline(Readable.from(inPieces(text, next)), sinkOf(table));
    return table.lines;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  } finally {
    table.abandon();
  }
}

const CSV = [
  'id,email,password_hash\r\n1,a@example.com,5f4dcc3b5aa765d61d8327deb882cf99\r\n2,b@example.com,\r\n3,c@example.com,x\r\n',
  '"id","email","note"\n"1","a@example.com","two ""marks"""\n"2","b@example.com","a, b"\n',
];

test('CSV dumps: no line is taken twice, and without quotation marks each is a row or a problem', async () => {
  const next = numbersFrom(4);
  const wrong: unknown[] = [];
  for (const [index, changed] of [...mutations(31, CSV, 8_000)].entries()) {
    const text = index % 2 === 0 ? changed : changed.replaceAll('"', '');
    const lines = await linesRead(text, next, (table) => {
      const { parser } = csvRows(table, ',');
      parser.resume();
      return parser;
    });
    if (lines === null) continue;
    const given = text
      .replace(/^\ufeff/, '')
      .split(/\r\n|\n|\r/)
      .filter((line) => line !== '').length;
    const fits = text.includes('"') ? lines.length <= given : lines.length === Math.max(0, given - 1);
    if (!fits || new Set(lines).size !== lines.length) wrong.push([text, lines]);
  }
  expect(wrong.slice(0, 3)).toEqual([]);
}, 60_000);

const NDJSON = [
  '{"id":1,"email":"a@example.com","active":true}\n{"id":2,"email":"b@example.com","tags":["x"]}\n{"id":3}\n',
  '{"_id":{"$oid":"507f1f77bcf86cd799439011"},"Email":"a@example.com"}\r\n{"_id":12345678901234567890,"email":"b"}\r\n',
];

test('NDJSON dumps: every line is a row or a problem', async () => {
  const next = numbersFrom(5);
  const wrong: unknown[] = [];
  for (const text of mutations(32, NDJSON, 8_000)) {
    const lines = await linesRead(text, next, (table) => ndjsonRows(table).lines);
    if (lines === null) continue;
    if (new Set(lines).size !== filledLines(text)) wrong.push([text, lines]);
  }
  expect(wrong.slice(0, 3)).toEqual([]);
}, 60_000);

const CONNECTION = JSON.stringify(
  {
    name: 'acme',
    strategy: 'auth0',
    enabled_clients: [],
    options: {
      import_mode: true,
      requires_username: true,
      validation: { username: { min: 3, max: 20 } },
      passwordPolicy: 'good',
      customScripts: { login: './login.js', get_user: './get_user.js' },
      bareConfiguration: { LEGACY_URL: '##LEGACY_URL##' },
    },
  },
  null,
  2,
);

test('database.json: a connection, or problems that say what is wrong', async () => {
  const project = temporaryFolder('fuzz-connection');
  const folder = join(project, 'database-connections/acme');
  mkdirSync(folder, { recursive: true });
  const seen = { read: 0, problems: 0 };
  for (const text of mutations(33, [CONNECTION], 3_000)) {
    writeFileSync(join(folder, 'database.json'), text);
    const { connection, problems } = await readConnection(project, 'acme');
    if (connection === null) expect(problems.length).toBeGreaterThan(0);
    seen[connection === null ? 'problems' : 'read'] += 1;
  }
  removeFolder(project);
  expect(
    Object.values(seen).every((count) => count > 50),
    JSON.stringify(seen),
  ).toBe(true);
}, 60_000);

const CREDENTIALS = [
  'identifier,password\r\nanna@example.com,"pass,word"\r\nbo@example.com,geheim\r\n',
  'note,identifier,password\nx,Anna@example.com,"with ""marks"""\n',
];

test('known passwords: every line is an account, or the file is refused', async () => {
  const folder = temporaryFolder('fuzz-credentials');
  const { settings } = readSettings(JSON.stringify({ ...PLANTED_SETTINGS, credentials: 'c.csv' }));
  const seen = { read: 0, refused: 0 };
  for (const text of mutations(34, CREDENTIALS, 4_000)) {
    writeFileSync(join(folder, 'c.csv'), text);
    try {
      const accounts = await readCredentials({ folder, settings: settings! });
      expect(accounts.size).toBeLessThan(Math.max(1, text.split('\n').length));
      seen.read += 1;
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      seen.refused += 1;
    }
  }
  removeFolder(folder);
  expect(
    Object.values(seen).every((count) => count > 50),
    JSON.stringify(seen),
  ).toBe(true);
}, 60_000);

const RECORD = JSON.stringify(
  {
    version: 1,
    id: 'a-trial',
    project: 'acme',
    status: 'finished',
    options: {
      kind: 'bulk',
      depth: 'assumed',
      order: 'lazy-first',
      lazyDays: 30,
      container: 'warm',
      timeLimitMs: 20_000,
      upsert: false,
      filter: {},
      retryForSeconds: 60,
    },
    createdAt: '2026-11-24T00:00:00.000Z',
    updatedAt: '2026-11-24T00:00:00.000Z',
    inputs: {
      settings: 'a',
      scripts: { login: 'b' },
      legacyEngine: 'sqlite',
      legacyVersion: '3',
      legacyReadOnly: 'yes',
      legacyRows: 3,
    },
    versions: { userferry: '1', node: '2', scriptRuntime: '3' },
    assumptions: {},
    phases: [],
    fault: null,
  },
  null,
  2,
);

test('trial.json: the record, or a damaged trial with a reason, in the list and alone', async () => {
  const project = temporaryFolder('fuzz-trials');
  const folder = join(project, 'trials/a-trial');
  mkdirSync(folder, { recursive: true });
  const folders = createTrialFolders();
  const seen = { trial: 0, damaged: 0 };
  for (const text of mutations(35, [RECORD], 3_000)) {
    writeFileSync(join(folder, 'trial.json'), text);
    const listed = await folders.list(project);
    const alone = await folders.readRecord(project, 'a-trial').catch((error: unknown) => {
      if (error instanceof Fault) return null;
      throw error;
    });
    expect(listed.map(({ kind }) => kind)).toEqual([alone === null ? 'damaged' : 'trial']);
    seen[alone === null ? 'damaged' : 'trial'] += 1;
  }
  removeFolder(project);
  expect(
    Object.values(seen).every((count) => count > 50),
    JSON.stringify(seen),
  ).toBe(true);
}, 60_000);
