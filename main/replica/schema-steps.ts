import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Database } from 'better-sqlite3';
import { Fault } from '#engine/fault.ts';
import { damaged } from './faults.ts';

/** One numbered SQL file. Step 1 builds an empty file; each later one also states version and oldest code. */
export interface SchemaStep {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

export const SCHEMA_FOLDER = fileURLToPath(new URL('./schema/', import.meta.url));

/** Steps of a folder, in order, numbered from 1 without gaps. */
export function loadSchemaSteps(folder: string): readonly SchemaStep[] {
  const names = readdirSync(folder).filter((name) => /^\d{4}-.+\.sql$/.test(name));
  return names.sort().map((name, index) => {
    const version = Number(name.slice(0, 4));
    assert(version === index + 1, `our bug: schema step ${index + 1} is missing before ${name}`);
    return { version, name, sql: readFileSync(`${folder}/${name}`, 'utf8') };
  });
}

export interface SchemaMark {
  readonly version: number;
  /** Code whose newest step is older than this must not open the file. */
  readonly oldestCode: number;
}

/** The mark of an open file; null for a file without any table. */
export function schemaMark(db: Database): SchemaMark | null {
  const tables = db
    .prepare<[], number>("SELECT count(*) FROM sqlite_master WHERE type = 'table'")
    .pluck()
    .get();
  if (tables === 0) return null;
  const marked = db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'schema_version'").get();
  if (marked === undefined) throw damaged(db.name, 'it does not say which schema it has');
  const row = db
    .prepare<[], SchemaMark>('SELECT version, oldest_code AS oldestCode FROM schema_version')
    .get();
  if (row === undefined) throw damaged(db.name, 'it does not say which schema it has');
  return row;
}

export function refuseNewer(mark: SchemaMark | null, known: number, where: string): void {
  if (mark === null || mark.oldestCode <= known) return;
  throw new Fault(
    'replica-newer',
    `the replica was written by a newer version (schema ${mark.version}, this version knows ${known})`,
    { where, help: 'Open it with the version that wrote it, or update. The file was not changed.' },
  );
}

/**
 * Brings a file up to the newest step, one transaction each: an interruption leaves a whole older schema.
 * Answers whether anything was done.
 */
export function upgradeSchema(db: Database, steps: readonly SchemaStep[], applicationId: number): boolean {
  const from = schemaMark(db)?.version ?? 0;
  for (const step of steps.slice(from)) {
    const apply = db.transaction(() => {
      if (step.version === 1) db.pragma(`application_id = ${applicationId}`);
      db.exec(step.sql);
      const reached = schemaMark(db)?.version;
      assert(reached === step.version, `our bug: ${step.name} leaves schema version ${reached}`);
    });
    apply.immediate();
  }
  return from < steps.length;
}
