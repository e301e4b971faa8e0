import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import createKnex, { type Knex } from 'knex';
import { generateSample, sampleUsers } from '#sample/generate-sample.ts';
import { planSample } from '#sample/sample-plan.ts';
import { MIN_SAMPLE_USERS, SAMPLE_TABLE, type SampleUser } from '#sample/sample-row.ts';
import { writeSampleCsv } from '#sample/write-files.ts';
import { type ServerEngine, writeSampleServer } from '#sample/write-server.ts';
import { writeSampleSqlite } from '#sample/write-sqlite.ts';
import type { DatabaseServer } from '#test/postgresql.ts';
import { serverSampleProject, sqliteSampleProject } from '#test/sample-project.ts';

const NOW_MS = Date.UTC(2026, 10, 24);

/**
 * `sample`: with its planted faults. `sound`: the same people without a single fault, whose hashes are all of the scheme
 * that is cheapest to check, for passwords that can be worked out.
 */
export type People = 'sample' | 'sound';

/** Rows one at a time: a generator, so that ten million take no more memory than ten. */
export function peopleOf(people: People, users: number): Iterable<SampleUser> {
  const options = { users, seed: 1, now: NOW_MS };
  if (people === 'sample') return generateSample(options);
  return soundPeople(sampleUsers({ ...planSample(options), roles: new Map() }));
}

function* soundPeople(users: Iterable<SampleUser>): Generator<SampleUser> {
  for (const { row } of users) {
    const [password, pw_salt] = [passwordOfSound(row.id), row.id.toString(16)];
    const pw_hash = createHash('sha256').update(password).update(pw_salt).digest('hex');
    yield { row: { ...row, pw_scheme: 'sha256', pw_salt, pw_hash }, password };
  }
}

export const passwordOfSound = (id: number): string => `Pw-${id}`;

/** A project on the sample in SQLite, without the log of logins that `userferry init` makes beside it. */
export async function sqliteProject(folder: string, users: number): Promise<string> {
  await sqliteSampleProject(folder, { users: MIN_SAMPLE_USERS });
  const file = join(folder, 'legacy.db');
  rmSync(file);
  writeSampleSqlite(file, peopleOf('sample', users));
  return folder;
}

/** The same project on a CSV file; where it is. */
export async function csvProject(folder: string, users: number, people: People = 'sample'): Promise<string> {
  await sqliteSampleProject(folder, { users: MIN_SAMPLE_USERS });
  rmSync(join(folder, 'legacy.db'));
  const file = join(folder, 'users.csv');
  await writeSampleCsv(file, peopleOf(people, users));
  const settings = join(folder, 'userferry.json');
  const read = JSON.parse(readFileSync(settings, 'utf8')) as Record<string, unknown>;
  writeFileSync(settings, JSON.stringify({ ...read, legacy: { engine: 'csv', file: 'users.csv' } }));
  return file;
}

/** A project on a database server, which gets a table `app_users` of so many people. */
export async function serverProject(
  folder: string,
  engine: ServerEngine,
  server: DatabaseServer,
  users: number,
  people: People = 'sample',
): Promise<string> {
  await serverSampleProject(folder, engine, server, { users: MIN_SAMPLE_USERS });
  const knex = knexOf(engine, server);
  try {
    await knex.schema.dropTable(SAMPLE_TABLE);
    await writeSampleServer(knex, engine, peopleOf(people, users));
  } finally {
    await knex.destroy();
  }
  return folder;
}

function knexOf(engine: ServerEngine, { host, port, database, user, password }: DatabaseServer): Knex {
  const connection = { host, port, database, user, password };
  return createKnex(
    engine === 'mysql'
      ? { client: 'mysql2', connection: { ...connection, timezone: 'Z' } }
      : { client: 'pg', connection },
  );
}
