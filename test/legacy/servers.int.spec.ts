import { spawn } from 'node:child_process';
import { chmodSync, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { describeWith } from '#test/describe-with.ts';
import { mariadbMissing, startMariadb } from '#test/mariadb.ts';
import {
  type DatabaseServer,
  type DatabaseServerOptions,
  postgresqlMissing,
  startPostgresql,
} from '#test/postgresql.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

const servers = [
  { name: 'startPostgresql', missing: postgresqlMissing(), start: startPostgresql },
  { name: 'startMariadb', missing: mariadbMissing(), start: startMariadb },
] as const;

async function survives(
  start: (options: DatabaseServerOptions) => Promise<DatabaseServer>,
  tls: 'off' | 'required',
) {
  const server = await start({ tls });
  await server.query("CREATE TABLE t (a integer, b varchar(20)); INSERT INTO t VALUES (1, 'é')");
  const before = await server.query('SELECT a, b FROM t');
  await server.stop('crash');
  await server.start();
  const after = await server.query('SELECT a, b FROM t');
  await server.remove();
  return { before, after };
}

for (const { name, missing, start } of servers) {
  describeWith(name, missing, () => {
    it.each(['off', 'required'] as const)('keeps its data over a crash, TLS %s', async (tls) => {
      const rows = [{ a: 1, b: 'é' }];
      expect(await survives(start, tls)).toEqual({ before: rows, after: rows });
    });
  });
}

describeWith('the guard', postgresqlMissing(), () => {
  it('ends servers and removes folders of a test process that was killed', async () => {
    const helper = import.meta.resolve('#test/postgresql.ts');
    const program = `import { startPostgresql } from ${JSON.stringify(helper)};
      const s = await startPostgresql({ settings: ['cluster_name=guarded'] });
      console.log(JSON.stringify({ port: s.port }));
      setInterval(() => {}, 1000);`;
    const own = temporaryFolder('guard');
    chmodSync(own, 0o755);
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      env: { ...process.env, TMPDIR: own },
      cwd: process.cwd(),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve, reject) => {
      child.stdout.once('data', resolve);
      child.once('exit', () => reject(new Error('the server did not start')));
    });
    const during = readdirSync(own).length;
    child.kill('SIGKILL');
    const end = Date.now() + 20_000;
    while (readdirSync(own).length > 0 && Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect({ during, after: readdirSync(own) }).toEqual({ during: 1, after: [] });
  });
});
