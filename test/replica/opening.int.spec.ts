import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Fault } from '#engine/fault.ts';
import { openForReading, openForWriting, replicaOpener } from '#replica/replica-opener.ts';
import { loadSchemaSteps, SCHEMA_FOLDER, type SchemaStep } from '#replica/schema-steps.ts';
import { startWriter } from '#test/replica-process.ts';
import { BATCH, writeBatch } from '#test/replica-writer.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = temporaryFolder('replica');
  path = join(folder, 'replica.db');
});
afterEach(() => removeFolder(folder));

function faultOf(work: () => unknown): { readonly kind: string; readonly message: string } {
  try {
    work();
  } catch (error) {
    if (error instanceof Fault) return { kind: error.kind, message: error.message };
    throw error;
  }
  throw new Error('nothing was thrown');
}

function written(batches: number): void {
  const replica = replicaOpener.open(path);
  for (let n = 0; n < batches; n++) writeBatch(replica);
  replica.close();
}

/** Both ways of opening refuse the file in the same words, and leave its bytes alone. */
function refused(): { readonly kind: string; readonly message: string } {
  const before = readFileSync(path);
  const fault = faultOf(() => replicaOpener.open(path));
  expect(faultOf(() => replicaOpener.openReadOnly(path))).toEqual(fault);
  expect(readFileSync(path).equals(before)).toBe(true);
  return fault;
}

/** Leaves the file as after an interruption: the log still beside it. */
function interrupted(damage: (copy: string) => void): string {
  const replica = replicaOpener.open(path);
  for (let n = 0; n < 5; n++) writeBatch(replica);
  replica.close();
  const copy = join(folder, 'copy.db');
  const again = replicaOpener.open(path);
  writeBatch(again);
  copyFileSync(path, copy);
  copyFileSync(`${path}-wal`, `${copy}-wal`);
  again.close();
  damage(copy);
  return copy;
}

describe('schema steps', () => {
  const steps = loadSchemaSteps(SCHEMA_FOLDER);
  const newest = steps.length;
  const further = (oldestCode: number, sql = 'CREATE TABLE added (x)'): readonly SchemaStep[] => [
    ...steps,
    {
      version: newest + 1,
      name: 'further.sql',
      sql: `${sql}; UPDATE schema_version SET version = ${newest + 1}, oldest_code = ${oldestCode}`,
    },
  ];

  it('build a file that says what it is', () => {
    written(0);
    const file = new Database(path, { readonly: true });
    const said = [
      file.pragma('application_id', { simple: true }),
      file.prepare('SELECT * FROM schema_version').all(),
    ];
    file.close();
    expect(said).toEqual([0x55467279, [{ version: newest, oldest_code: newest }]]);
  });

  it('bring an older file up to date and keep its rows', () => {
    written(2);
    const replica = openForWriting(path, further(newest + 1));
    expect(replica.counts('lazy').done).toBe(2 * BATCH);
    replica.close();
    expect(faultOf(() => replicaOpener.open(path)).kind).toBe('replica-newer');
  });

  it('are also done for a reader, before it reads', () => {
    written(1);
    openForReading(path, further(newest + 1)).close();
    expect(refused()).toEqual({
      kind: 'replica-newer',
      message: `the replica was written by a newer version (schema ${newest + 1}, this version knows ${newest})`,
    });
  });

  it('let older code go on where the newer schema says that is safe', () => {
    openForWriting(path, further(newest)).close();
    const replica = replicaOpener.open(path);
    expect(writeBatch(replica)).toBe(BATCH);
    replica.close();
  });

  it('that fail leave the older file as it was', () => {
    written(1);
    expect(() => openForWriting(path, further(1, 'CREATE TABLE added (x); CREATE TABLE meta (x)'))).toThrow(
      'already exists',
    );
    const replica = replicaOpener.open(path);
    expect(replica.counts('lazy').done).toBe(BATCH);
    replica.close();
    const file = new Database(path, { readonly: true });
    expect(file.prepare("SELECT name FROM sqlite_master WHERE name = 'added'").all()).toEqual([]);
    file.close();
  });
});

describe('files that are not whole', () => {
  it('refuses other content', () => {
    writeFileSync(path, 'id,email\n1,ada@example.com\n'.repeat(100));
    expect(refused()).toEqual({
      kind: 'replica-damaged',
      message: 'the replica is damaged: it is not an SQLite file',
    });
  });

  it('refuses the database of another program', () => {
    const other = new Database(path);
    other.exec('CREATE TABLE users (id); INSERT INTO users VALUES (1)');
    other.close();
    expect(refused().message).toBe('the replica is damaged: it is an SQLite file of another program');
  });

  it('refuses a file that was cut off', () => {
    written(5);
    truncateSync(path, 100_000);
    expect(refused().message).toBe('the replica is damaged: parts of it are missing or overwritten');
  });

  it('refuses a file shorter than a header', () => {
    writeFileSync(path, 'SQLite format 3\0');
    expect(refused().message).toBe('the replica is damaged: it is not an SQLite file');
  });

  it('takes an empty file for a new one', () => {
    writeFileSync(path, '');
    const replica = replicaOpener.open(path);
    expect(writeBatch(replica)).toBe(BATCH);
    replica.close();
  });

  it('takes what waits in the log after an interruption', () => {
    const replica = replicaOpener.open(interrupted(() => {}));
    expect(replica.counts('lazy').done).toBe(6 * BATCH);
    replica.close();
  });

  it('notices overwritten pages after an interruption', () => {
    const copy = interrupted((file) => {
      const bytes = readFileSync(file);
      bytes.fill(0xa5, 20 * 4096, bytes.length - 4096);
      writeFileSync(file, bytes);
      // The log holds newer versions of some pages; without most of it the damage shows.
      truncateSync(`${file}-wal`, 32);
    });
    expect(faultOf(() => replicaOpener.open(copy)).kind).toBe('replica-damaged');
  });

  it('notices a single overwritten page that opening alone would not have read', () => {
    const copy = interrupted((file) => {
      const tool = new Database(file, { readonly: true });
      const leaf = tool.prepare<[], number>(
        "SELECT min(pageno) FROM dbstat WHERE name = 'tenant_log' AND pagetype = 'leaf'",
      );
      const start = (leaf.pluck().get()! - 1) * 4096;
      tool.close();
      const bytes = readFileSync(file);
      writeFileSync(file, bytes.fill(0xa5, start, start + 4096));
    });
    expect(faultOf(() => replicaOpener.open(copy))).toMatchObject({
      kind: 'replica-damaged',
      message: expect.stringContaining('Tree'),
    });
  });

  it('notices sums that contradict the outcomes after an interruption', () => {
    const copy = interrupted((file) => {
      const tool = new Database(file);
      tool.exec('DELETE FROM outcomes WHERE position = 7');
      const log = readFileSync(`${file}-wal`);
      tool.close();
      writeFileSync(`${file}-wal`, log);
    });
    expect(faultOf(() => replicaOpener.open(copy))).toEqual({
      kind: 'replica-damaged',
      message: `the replica is damaged: it holds ${6 * BATCH - 1} outcomes where ${6 * BATCH} were recorded`,
    });
  });
});

describe('places that cannot be written', () => {
  const whoMayNotWrite = process.getuid?.() === 0 ? { uid: 65_534 } : {};

  it('refuses a folder without the right to write, but reads a finished replica there', async () => {
    written(1);
    expect(readdirSync(folder).sort()).toEqual(['replica.db', 'replica.db-writer']);
    chmodSync(folder, 0o555);
    chmodSync(path, 0o444);
    const said = await startWriter(path, BATCH, whoMayNotWrite).ended();
    expect(said).toMatchObject([{ fault: 'replica-unwritable', retryable: true }]);
    const anew = await startWriter(join(folder, 'new.db'), BATCH, whoMayNotWrite).ended();
    expect(anew).toMatchObject([{ fault: 'replica-unwritable', retryable: true }]);
    expect(await startWriter(path, -1, whoMayNotWrite).ended()).toEqual([{ left: BATCH }]);
    chmodSync(folder, 0o755);
  });

  it('refuses a folder that is not there, and one that is a file', () => {
    expect(faultOf(() => replicaOpener.open(join(folder, 'missing', 'replica.db')))).toEqual({
      kind: 'replica-unwritable',
      message: 'the folder of the replica does not exist',
    });
    writeFileSync(join(folder, 'file'), '');
    expect(faultOf(() => replicaOpener.open(join(folder, 'file', 'replica.db'))).kind).toBe(
      'replica-unwritable',
    );
    mkdirSync(path);
    expect(faultOf(() => replicaOpener.open(path)).kind).toBe('replica-unwritable');
  });

  it('has nothing to read where no trial ever wrote, and creates nothing by looking', () => {
    expect(faultOf(() => replicaOpener.openReadOnly(path))).toEqual({
      kind: 'trial-missing',
      message: 'the trial has no replica: its file is missing',
    });
    expect(existsSync(path)).toBe(false);
  });
});
