import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readExports } from '#audit/read-exports.ts';
import { TenantSide } from '#audit/side-writer.ts';
import { AUDIT_ATTRIBUTES, type TenantUser } from '#domain/audit/audit-user.ts';
import { DEFAULT_MARKERS } from '#domain/audit/markers.ts';
import type { JsonObject } from '#domain/json.ts';
import { replicaOpener } from '#replica/replica-opener.ts';
import { startEngine } from '#test/engine.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';
import { csvExport, leavesOf, ndjsonExport, tenantRecord } from '#test/write-user-export.ts';

const CONNECTION = 'acme-customers';
const RULES = { connection: CONNECTION, markers: DEFAULT_MARKERS, kept: AUDIT_ATTRIBUTES.map(() => true) };
const engine = startEngine();
let folder = '';
let records: readonly JsonObject[] = [];

beforeAll(async () => {
  folder = temporaryFolder('round-trip');
  const project = join(folder, 'acme');
  await sqliteSampleProject(project, { users: 1_000 });
  const { trial } = await engine.trial({ project, kind: 'bulk' });
  const replica = replicaOpener.openReadOnly(join(project, 'trials', trial.id, 'replica.db'));
  records = replica.accounts(0, 1_000).map(({ account }) => tenantRecord(account, CONNECTION));
  replica.close();
  const [first] = records;
  const odd = [
    {
      family_name: "O'Neill",
      given_name: "'quoted'",
      nickname: '=1+1',
      name: 'two\r\nlines, "and" more; here',
    },
    { family_name: '+cmd', name: "''", user_metadata: { 'a b': { c: "'", d: 7, e: true } } },
    { name: '2026-01-01T00:00:00.000Z', nickname: '-1', app_metadata: { note: 'ä😀' } },
  ];
  const twice = `auth0|${first!['user_id'] as string}`;
  records = [
    ...records,
    ...odd.map((more, index) => ({
      ...first,
      user_id: `auth0|odd-${index}`,
      email: `odd-${index}@example.com`,
      ...more,
    })),
    { ...first, user_id: twice, email: 'doubled@example.com' },
  ];
});
afterAll(async () => {
  await engine.close();
  removeFolder(folder);
});

class Collecting extends TenantSide {
  readonly users: TenantUser[] = [];

  override add(user: TenantUser): void {
    this.users.push(user);
  }
}

/** What the audit's reader makes of a file. */
async function readBack(
  name: string,
  content: string | Buffer,
  columns: Readonly<Record<string, string>> = {},
) {
  const path = join(folder, name);
  writeFileSync(path, content);
  const side = new Collecting({ path: join(folder, `${name}.side`), partitions: 1, users: 10 });
  const request = { files: [path], format: null, columns, rules: RULES };
  const { files, broken } = await readExports(request, side, () => undefined, new AbortController().signal);
  side.close();
  const [file] = files;
  return { users: side.users.map(valuesOf), broken, read: file!.users, gzip: file!.gzip };
}

/** A user as it went in, without the places in the file. */
function valuesOf({ userId, id, values }: TenantUser) {
  return { userId, id, values };
}

/** Metadata of a CSV is leaves, and each a text. */
function asText(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return String(value);
  const inner = Object.entries(value).map(([name, one]) => [name, asText(one)] as const);
  return Object.fromEntries(inner.filter(([, one]) => one !== undefined));
}

/** The users as the records say, worked out without the reader. */
function expected(metadata: (value: unknown) => unknown) {
  return records.map((record) => {
    const userId = record['user_id'] as string;
    return {
      userId,
      id: userId.split('|').at(-1),
      values: AUDIT_ATTRIBUTES.map((name) => {
        const value = record[name];
        if (value === undefined || value === '') return null;
        return typeof value === 'object' ? JSON.stringify(metadata(value)) : String(value);
      }),
    };
  });
}

const NAMES = { user_id: 'Kennung', email: 'Mail', family_name: 'Nachname' };
const COLUMNS = { Kennung: 'user_id', Mail: 'email', Nachname: 'family_name' };

it.each([
  ['plain', (text: string) => text, {}, {}],
  ['packed', (text: string) => gzipSync(text), {}, {}],
  ['with renamed fields', (text: string) => text, NAMES, COLUMNS],
])('an NDJSON export, %s, is read as the users it was made of', async (name, packed, names, columns) => {
  const text = ndjsonExport(records, names);
  expect(await readBack(`${name}.json`, packed(text), columns)).toEqual({
    users: expected((value) => value),
    broken: [],
    read: records.length,
    gzip: name === 'packed',
  });
});

it.each([
  ['plain', (text: string) => text, {}, {}],
  ['packed', (text: string) => gzipSync(text), {}, {}],
  ['with renamed columns', (text: string) => text, NAMES, COLUMNS],
])(
  'a CSV export, %s, with its apostrophes, is read as the users it was made of',
  async (name, packed, names, columns) => {
    const text = csvExport(records, leavesOf(records), names);
    const back = await readBack(`${name}.csv`, packed(text), columns);
    expect(back.users.find(({ id }) => id === 'odd-0')?.values).toEqual(
      expected(asText).find(({ id }) => id === 'odd-0')?.values,
    );
    expect(back).toMatchObject({ broken: [], read: records.length, gzip: name === 'packed' });
    expect(back.users.map(sorted)).toEqual(expected(asText).map(sorted));
  },
);

/** The order of leaves is that of the columns, not that of the record. */
function sorted<T extends { readonly values: readonly (string | null)[] }>(user: T) {
  return {
    ...user,
    values: user.values.map((value) => (value?.startsWith('{') ? (JSON.parse(value) as unknown) : value)),
  };
}
