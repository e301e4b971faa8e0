import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, it } from 'vitest';
import { TenantSide } from '#audit/side-writer.ts';
import { readExports } from '#audit/read-exports.ts';
import { AUDIT_ATTRIBUTES } from '#domain/audit/audit-user.ts';
import { DEFAULT_MARKERS } from '#domain/audit/markers.ts';
import { Fault } from '#engine/fault.ts';
import { exportTarget, runAuditOf } from '#test/audit-run.ts';
import { PLANTED_SETTINGS } from '#test/planted-audit.ts';
import { projectFolder } from '#test/project-folder.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

let folder: string;

beforeAll(() => {
  folder = projectFolder({ 'userferry.json': PLANTED_SETTINGS });
  const db = new Database(join(folder, 'legacy.db'));
  db.exec(`
    CREATE TABLE users (n INTEGER PRIMARY KEY, id TEXT, email TEXT, email_verified INTEGER, username TEXT,
      given_name TEXT, family_name TEXT, nickname TEXT, blocked INTEGER, plan TEXT);
    INSERT INTO users VALUES
      (1, 'a', 'ada@example.com', 1, NULL, 'Ada', 'O''Neill, "Countess"', 'ada', 0, 'gold'),
      (2, 'b', 'bob@example.com', 1, NULL, 'Bob', '=cmd()', 'bob', 0, 'basic'),
      (3, 'c', 'cid@example.com', 0, NULL, 'Cid', 'C', 'cid', 0, 'basic'),
      (4, NULL, 'nobody@example.com', 0, NULL, 'N', 'N', 'n', 0, 'basic');
  `);
  db.close();
});

const write = (name: string, content: string | Buffer) => writeFileSync(join(folder, name), content);

async function audited(name: string, columns: Record<string, string> = {}) {
  const { result, people } = await runAuditOf({
    project: folder,
    against: { ...exportTarget(folder, name), columns },
    importSince: 'unknown',
    list: true,
  });
  const { lines, users, otherConnections, broken } = result.tenant;
  return {
    people: people
      .map(({ legacyId, tenantIds, state, sign, drift }) =>
        [legacyId ?? tenantIds[0], sign ?? state, ...drift].join(' '),
      )
      .sort(),
    counts: { lines, users, otherConnections, broken },
    broken: result.broken.map(({ line, reason }) => `${line}: ${reason}`),
    compared: result.compared,
    legacy: result.legacy,
  };
}

async function faultOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    const { message, data } = error as { message: string; data?: { kind?: string } };
    return { kind: data?.kind ?? (error instanceof Fault ? error.kind : 'not a fault'), message };
  }
  return 'no fault';
}

describe('a CSV export', () => {
  it('is read with the default headings, apostrophes and quotation marks', async () => {
    write(
      'default.csv',
      [
        '"Id","Given Name","Family Name","Nickname","Name","Email","Email Verified","Picture","Connection","Created At","Updated At"',
        `"'auth0|a","'Ada","'O'Neill, ""Countess""","'ada","'Ada","'ada@example.com",true,"'p","'acme-users",2026-06-01T00:00:00.000Z,2026-06-01T00:00:00.000Z`,
        `"'auth0|b","'Bob","'=cmd()","'bob","'Bob","'bob@example.com",false,"'p","'acme-users",2026-06-01T00:00:00.000Z,`,
        `"'google-oauth2|9","'G","'G","'g","'G","'g@example.com",true,"'p","'google-oauth2",2026-06-01T00:00:00.000Z,`,
        `"'auth0|c","'Cid"`,
      ].join('\r\n'),
    );
    expect(await audited('default.csv')).toEqual({
      people: ['a indeterminate', 'b indeterminate email_verified', 'c not-yet'],
      counts: { lines: 4, users: 2, otherConnections: 1, broken: 1 },
      broken: ['5: 2 values where the heading has 11'],
      compared: ['email', 'nickname', 'given_name', 'family_name', 'email_verified'],
      legacy: { rows: 4, users: 3, unreadable: 0, withoutId: 1 },
    });
  });

  it('is read with renamed columns, leaves of metadata and a byte order mark, packed', async () => {
    write(
      'renamed.csv.gz',
      gzipSync(
        `\ufeffUser;Mail;user_metadata.plan;app_metadata.lazyMigration;app_metadata.lazyMigrationTime
'auth0|a;'ada@example.com;'gold;true;2026-06-01T00:00:00.000Z
'auth0|b;'bob@example.com;'silver;;
`,
      ),
    );
    expect(await audited('renamed.csv.gz', { User: 'user_id', Mail: 'email' })).toMatchObject({
      people: ['a marker', 'b indeterminate user_metadata', 'c not-yet'],
      compared: ['email', 'user_metadata'],
    });
  });

  it('that a spreadsheet program saved as UTF-16 without apostrophes is read too', async () => {
    write('saved.csv', Buffer.from(`\ufeffuser_id\tfamily_name\nauth0|b\t=cmd()\n`, 'utf16le'));
    expect((await audited('saved.csv')).people).toEqual(['a not-yet', 'b indeterminate', 'c not-yet']);
  });

  it('without a user id is refused with the columns it has', async () => {
    write('noid.csv', 'Mail,Name\na@example.com,Ada\n');
    expect(await faultOf(audited('noid.csv'))).toEqual({
      kind: 'input-invalid',
      message: 'the export has no column user_id',
    });
  });
});

describe('an NDJSON export', () => {
  it('is read with renamed keys; lines that are no users are named', async () => {
    write(
      'renamed.json',
      [
        '{"Id":"auth0|a","Email":"ada@example.com","Connection":"acme-users"}',
        '',
        '{"Id":"auth0|b","Email":"bob@exam',
        '["auth0|c"]',
        '{"Email":"x@example.com"}',
        '{"Id":"auth0|z","Email":"z@example.com","Connection":"other"}',
      ].join('\r\n'),
    );
    expect(await audited('renamed.json')).toMatchObject({
      people: ['a indeterminate', 'b not-yet', 'c not-yet'],
      counts: { lines: 5, users: 1, otherConnections: 1, broken: 3 },
      broken: ['3: not valid JSON', '4: a JSON object is needed', '5: no user_id'],
    });
  });

  it('counts an id that comes twice once, with its later record', async () => {
    const record = (name: string) =>
      `{"user_id":"auth0|a","email":"ada@example.com","given_name":"${name}"}\n`;
    write('twice.json', record('Old') + record('Ada'));
    const { result } = await runAuditOf({
      project: folder,
      against: exportTarget(folder, 'twice.json'),
      importSince: 'always',
    });
    expect([
      result.tenant.users,
      result.tenant.repeated,
      result.tenant.matched,
      result.drift.map(({ attribute }) => attribute),
    ]).toEqual([2, 1, 1, []]);
  });
});

describe('a file that is no export', () => {
  it('is refused in words that help', async () => {
    write('list.json', '[{"user_id":"auth0|a"}]');
    write('pretty.json', '{\n  "user_id": "auth0|a"\n}\n');
    write('empty.json', '');
    write('cut.json.gz', gzipSync('{"user_id":"auth0|a"}\n'.repeat(5000)).subarray(0, 120));
    const damaged = gzipSync('{"user_id":"auth0|a"}\n'.repeat(5000));
    damaged.fill(0xff, 20, 60);
    write('damaged.json.gz', damaged);
    const all = [];
    for (const name of [
      'list.json',
      'pretty.json',
      'empty.json',
      'cut.json.gz',
      'damaged.json.gz',
      'missing.json',
    ]) {
      all.push(await faultOf(audited(name)));
    }
    const kind = 'input-invalid';
    expect(all).toEqual([
      { kind, message: 'the file is a JSON list, not a user export' },
      { kind, message: 'none of the 3 lines can be read as a user' },
      { kind, message: 'the export is empty' },
      { kind, message: 'the packed file ends too early' },
      { kind, message: 'the packed file is damaged' },
      { kind, message: 'the export cannot be read (ENOENT)' },
    ]);
  });

  it('is refused where it unpacks without end, and a line without end takes no memory', async () => {
    const bomb = join(folder, 'bomb.gz');
    writeFileSync(bomb, gzipSync('\n'.repeat(4_000_000)));
    const long = join(folder, 'long.json');
    writeFileSync(
      long,
      `{"user_id":"auth0|a","x":"${'x'.repeat(3_000_000)}"}\n{"user_id":"auth0|b","email":"b@example.com"}\n`,
    );
    const side = new TenantSide({ path: join(temporaryFolder('side'), 'side'), partitions: 4, users: 10 });
    const rules = { connection: 'acme', markers: DEFAULT_MARKERS, kept: AUDIT_ATTRIBUTES.map(() => true) };
    const read = (path: string) =>
      readExports(
        { files: [path], format: 'ndjson', columns: {}, rules },
        side,
        () => undefined,
        new AbortController().signal,
        {
          ratio: 250,
          freeBytes: 1_000_000,
          longestLine: 100_000,
        },
      );
    const refused = await faultOf(read(bomb));
    const { files, broken } = await read(long);
    side.close();
    expect([refused, files[0]?.users, broken]).toEqual([
      { kind: 'input-invalid', message: 'the packed file unpacks to more than 250 times its size' },
      1,
      [{ file: 0, line: 1, reason: 'the line is too long to be a user' }],
    ]);
  });
});
