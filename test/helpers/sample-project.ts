import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import createKnex from 'knex';
import { initProject } from '#project/init-project.ts';
import { generateSample } from '#sample/generate-sample.ts';
import { type ServerEngine, writeSampleServer } from '#sample/write-server.ts';
import type { DatabaseServer } from '#test/postgresql.ts';

const TEMPLATES = fileURLToPath(new URL('../../templates/sample', import.meta.url));
const CONNECTION = 'database-connections/acme-customers';

export interface SampleShape {
  readonly users: number;
  readonly seed?: number;
  /** Date of the copy; fixed, so that ages of logins are the same in every run. */
  readonly nowMs?: number;
}

const NOW_MS = Date.UTC(2026, 10, 24);

/** A project on the sample in SQLite, as `userferry init --from sample` writes it. */
export async function sqliteSampleProject(folder: string, shape: SampleShape): Promise<string> {
  await initProject(
    { folder, from: 'sample', name: 'acme', users: shape.users, seed: shape.seed ?? 1 },
    shape.nowMs ?? NOW_MS,
  );
  return folder;
}

/** The same project with its users in a database server and the scripts for it. */
export async function serverSampleProject(
  folder: string,
  engine: ServerEngine,
  server: DatabaseServer,
  shape: SampleShape,
): Promise<string> {
  await sqliteSampleProject(folder, shape);
  const { host, port, database, user, password } = server;
  const options = { users: shape.users, seed: shape.seed ?? 1, now: shape.nowMs ?? NOW_MS };
  const connection = { host, port, database, user, password };
  const knex = createKnex(
    engine === 'mysql'
      ? { client: 'mysql2', connection: { ...connection, timezone: 'Z' } }
      : { client: 'pg', connection },
  );
  try {
    await writeSampleServer(knex, engine, generateSample(options));
  } finally {
    await knex.destroy();
  }
  edit(join(folder, 'userferry.json'), (settings) => ({
    ...settings,
    legacy: { engine, host, port, database, user, password: '${secret:DB_PASSWORD}' },
  }));
  edit(join(folder, '.userferry/secrets.json'), () => ({ DB_PASSWORD: password }));
  edit(join(folder, CONNECTION, 'database.json'), (json) => ({
    ...json,
    options: {
      ...(json['options'] as object),
      configuration: {
        DB_HOST: host,
        DB_PORT: String(port),
        DB_NAME: database,
        DB_USER: user,
        DB_PASSWORD: '##DB_PASSWORD##',
        DB_TLS: 'off',
      },
    },
  }));
  for (const script of ['login.js', 'get_user.js']) {
    copyFileSync(join(TEMPLATES, engine, script), join(folder, CONNECTION, script));
  }
  return folder;
}

function edit(path: string, change: (json: Record<string, unknown>) => Record<string, unknown>): void {
  const json = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  writeFileSync(path, `${JSON.stringify(change(json), null, 2)}\n`);
}
