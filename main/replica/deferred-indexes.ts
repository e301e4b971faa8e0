import assert from 'node:assert/strict';
import type { Database } from 'better-sqlite3';
import { loadSchemaSteps, SCHEMA_FOLDER } from './schema-steps.ts';

/**
 * Indexes that a bulk load leaves for its end: sorted once they are written in a tenth of the time, and a page is not
 * written again for each user that happens to belong on it. Those of refused users stay: they are few, and are
 * looked at while a trial runs.
 */
const DEFERRED = [
  'accounts_by_user_id',
  'accounts_by_email',
  'accounts_by_username',
  'accounts_by_phone',
  'outcomes_by_key',
  'outcomes_by_state',
  'outcomes_by_hash_format',
  'outcomes_by_last_login',
  'outcomes_by_email_domain',
];

/** Which indexes and tables that serve as one there are by now. They come while a trial runs, and stay. */
export interface Indexes {
  has(name: string): boolean;
}

export function openIndexes(db: Database): Indexes {
  const find = db.prepare<[string]>('SELECT 1 FROM sqlite_master WHERE name = ?');
  const there = new Set<string>();
  return {
    has(name) {
      if (!there.has(name) && find.get(name) !== undefined) there.add(name);
      return there.has(name);
    },
  };
}

/** Whether a load was begun here and has not come to its end. */
export function indexesMissing(db: Database): boolean {
  const indexes = openIndexes(db);
  return DEFERRED.some((name) => !indexes.has(name));
}

export function dropDeferred(db: Database): void {
  db.transaction(() => {
    for (const name of DEFERRED) db.exec(`DROP INDEX IF EXISTS ${name}`);
  }).immediate();
}

/** Each in a step and a transaction of its own: whoever is interrupted goes on with the next one. */
export function* buildDeferred(db: Database): Generator<undefined, void> {
  const schema = loadSchemaSteps(SCHEMA_FOLDER)
    .map(({ sql }) => sql)
    .join('\n');
  const indexes = openIndexes(db);
  for (const name of DEFERRED) {
    if (indexes.has(name)) continue;
    const [statement] = new RegExp(`^CREATE (?:UNIQUE )?INDEX ${name} [^;]*;`, 'm').exec(schema) ?? [];
    assert(statement !== undefined, `our bug: no schema step creates the index ${name}`);
    db.exec(statement);
    yield;
  }
}
