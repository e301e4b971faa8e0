import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeWith } from '#test/describe-with.ts';
import { adaptProject, DJANGO } from '#test/foreign-schemas.ts';
import { pipedUserferry } from '#test/piped-userferry.ts';
import { type DatabaseServer, postgresqlMissing, startPostgresql } from '#test/postgresql.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

const settingsOf = (project: string) => readFileSync(join(project, 'userferry.json'), 'utf8');

describeWith('from init to a trial, as a newcomer', postgresqlMissing(), () => {
  let server: DatabaseServer;
  const folder = temporaryFolder('newcomer');
  const project = join(folder, 'shop');
  const run = (...args: readonly string[]) => {
    const finished = pipedUserferry('', args, folder);
    expect({ args, leaked: (finished.stdout + finished.stderr).match(/canary/gi) }).toEqual({
      args,
      leaked: null,
    });
    return finished;
  };

  beforeAll(async () => {
    server = await startPostgresql({ password: 'canary-password' });
    await server.query(DJANGO);
  });
  afterAll(() => server.remove());

  it('every step says which one is next, and the trial migrates everybody', () => {
    const init = run('init', 'shop', '--from', 'postgresql');
    const early = run('legacy', 'inspect', '-p', 'shop');
    adaptProject(project, server);
    const before = settingsOf(project);
    const check = run('check', '-p', 'shop');
    const looked = run('legacy', 'inspect', '-p', 'shop');
    const unasked = run('legacy', 'inspect', '--write', '-p', 'shop');
    const untouched = settingsOf(project) === before;
    const written = run('legacy', 'inspect', '--write', '--yes', '-p', 'shop');
    const ready = run('check', '-p', 'shop');
    const trial = run('trial', 'bulk', '-p', 'shop', '--json');
    expect({
      init: init.stdout.includes(`userferry legacy inspect --write --project ${project}`),
      early: [early.status, early.stderr.split('\n')[0]],
      check: [check.status, check.stdout.includes('"userferry legacy inspect"')],
      looked: [
        looked.status,
        looked.stdout.includes('- users.table: "users"\n+ users.table: "public.auth_user"'),
      ],
      unasked: [
        unasked.status,
        unasked.stderr.includes('userferry legacy inspect --write --yes --project shop'),
        untouched,
      ],
      written: [written.status, written.stdout.includes('Wrote 6 settings to shop/userferry.json.')],
      ready: [ready.status, /│ READY/.test(ready.stdout)],
      trial: [trial.status, (JSON.parse(trial.stdout) as { result: { counts: unknown[] } }).result.counts[0]],
    }).toEqual({
      init: true,
      early: [2, 'userferry: the password of the legacy database, ${secret:DB_PASSWORD}, has no value'],
      check: [1, true],
      looked: [0, true],
      unasked: [2, true, true],
      written: [0, true],
      ready: [0, true],
      trial: [0, expect.objectContaining({ expected: 60, done: 60, ok: 60, failed: 0, skipped: 0 })],
    });
  });

  it('looks into a database before there is a project', () => {
    const { host, port, database, user } = server;
    const where = ['--host', host, '--port', String(port), '--database', database, '--user', user];
    const args = ['legacy', 'inspect', '--from', 'postgresql', ...where, '--password-stdin'];
    const right = pipedUserferry('canary-password\n', [...args, '--json'], folder);
    const wrong = pipedUserferry('canary-wrong\n', args, folder);
    expect({
      right: [
        right.status,
        (JSON.parse(right.stdout) as { result: { proposal: { table: { name: string } } } }).result.proposal
          .table.name,
      ],
      wrong: [wrong.status, wrong.stderr.split('\n')[0]],
      leaked: (right.stdout + right.stderr + wrong.stdout + wrong.stderr).match(/canary/gi),
    }).toEqual({
      right: [0, 'public.auth_user'],
      wrong: [2, `userferry: PostgreSQL at ${host}:${port} refused the password for user "${user}"`],
      leaked: null,
    });
  });
});

describe('userferry legacy inspect', () => {
  const folder = temporaryFolder('inspect');
  const project = join(folder, 'shop');
  beforeAll(() => {
    pipedUserferry('', ['init', 'shop', '--from', 'sqlite'], folder);
    const database = new Database(join(project, 'legacy.db'));
    database.exec(
      "CREATE TABLE members (nr INTEGER PRIMARY KEY, mail TEXT, pw TEXT); INSERT INTO members VALUES (1, 'a@example.com', '5f4dcc3b5aa765d61d8327deb882cf99')",
    );
    database.exec('CREATE TABLE invoices (nr INTEGER PRIMARY KEY, amount REAL)');
    database.close();
  });

  it('leaves what was set by hand unless forced', () => {
    const path = join(project, 'userferry.json');
    const settings = JSON.parse(settingsOf(project)) as { fields: object };
    writeFileSync(path, JSON.stringify({ ...settings, fields: { ...settings.fields, id: 'mail' } }, null, 2));
    const first = pipedUserferry('', ['legacy', 'inspect', '--write', '--yes', '-p', 'shop'], folder);
    const kept = (JSON.parse(settingsOf(project)) as { fields: unknown }).fields;
    pipedUserferry('', ['legacy', 'inspect', '--write', '--yes', '--force', '-p', 'shop'], folder);
    const forced = (JSON.parse(settingsOf(project)) as { fields: unknown }).fields;
    expect({ told: first.stdout.includes('fields.id is "mail"; proposed: "nr"'), kept, forced }).toEqual({
      told: true,
      kept: { id: 'mail', email: 'mail', passwordHash: 'pw' },
      forced: { id: 'nr', email: 'mail', passwordHash: 'pw' },
    });
  });

  it('ends with 1 where no table looks like users', () => {
    const file = join(folder, 'other.db');
    const database = new Database(file);
    database.exec('CREATE TABLE invoices (nr INTEGER PRIMARY KEY, amount REAL)');
    database.close();
    const { status, stdout } = pipedUserferry(
      '',
      ['legacy', 'inspect', '--from', 'sqlite', '--file', 'other.db'],
      folder,
    );
    expect({ status, told: stdout.includes('✗ No table looks like a list of users') }).toEqual({
      status: 1,
      told: true,
    });
  });

  it.each([
    [['--host', 'x'], 'connection options go with --from'],
    [['--from', 'mysql'], 'which database, and as which user?'],
    [['--from', 'sqlite'], 'which file?'],
    [['--from', 'mysql', '--write'], '--write needs a project, and --from looks without one'],
    [['--from', 'mysql', '--database', 'd', '--user', 'u'], 'the database needs a password'],
    [['-p', 'shop', '--table', 'folk'], 'there is no table "folk"'],
  ])('%j ends with 2 and a sentence', (args, message) => {
    const { status, stderr } = pipedUserferry('', ['legacy', 'inspect', ...args], folder);
    expect({ status, first: stderr.split('\n')[0] }).toEqual({ status: 2, first: `userferry: ${message}` });
  });
});
