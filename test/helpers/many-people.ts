import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseServer } from '#test/postgresql.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';

/** Settings of a project on a table `people` of a PostgreSQL server. */
function settingsFor({ host, port, database, user }: DatabaseServer, table: string): object {
  return {
    legacy: { engine: 'postgresql', host, port, database, user, password: '${secret:DB_PASSWORD}' },
    users: { table, key: ['id'] },
    fields: { id: 'id', email: 'email', name: 'full_name', passwordHash: 'pw_hash', createdAt: 'created_at' },
  };
}

/** A project over `rows` people whom the server makes by itself, a million in a few seconds. Answers its folder. */
export async function manyPeopleProject(
  folder: string,
  server: DatabaseServer,
  rows: number,
): Promise<string> {
  await server.query(`CREATE TABLE people (id integer PRIMARY KEY, email text NOT NULL, full_name text NOT NULL,
    pw_hash text NOT NULL, years text, created_at timestamptz NOT NULL)`);
  await server.query(`INSERT INTO people
    SELECT n, 'user' || n || '@example.com', 'Ada Number ' || n,
      '$2b$10$' || substr(md5(n::text) || md5((n + 1)::text), 1, 53), CASE WHEN n = 3 THEN 'three' ELSE n::text END,
      timestamptz '2020-01-01' + n * interval '1 minute'
    FROM generate_series(1, ${rows}) n`);
  await server.query('VACUUM ANALYZE people');
  await sqliteSampleProject(folder, { users: 300 });
  return useTable(folder, server, 'people');
}

/** Lets the project read another table or view of the server. */
export function useTable(folder: string, server: DatabaseServer, table: string): string {
  const file = join(folder, 'userferry.json');
  const settings = JSON.parse(readFileSync(file, 'utf8')) as object;
  writeFileSync(file, JSON.stringify({ ...settings, ...settingsFor(server, table) }, null, 2));
  writeFileSync(join(folder, '.userferry/secrets.json'), JSON.stringify({ DB_PASSWORD: server.password }), {
    mode: 0o600,
  });
  return folder;
}
