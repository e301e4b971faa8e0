import { appendFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Trace, TraceStep } from '#contract/traces.ts';
import { startEngine } from '#test/engine.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

const USERS = 300;
let folder = '';
let project = '';
let bulk = '';
let lazy = '';
let rows: readonly Row[] = [];
const engine = startEngine();

interface Row {
  readonly id: number;
  readonly email: string;
  readonly login_name: string;
  readonly display_name: string;
  readonly phone: string | null;
}

beforeAll(async () => {
  folder = temporaryFolder('trace');
  project = await sqliteSampleProject(join(folder, 'acme'), { users: USERS });
  rows = legacy((db) =>
    db
      .prepare<[], Row>(
        `SELECT id, email, login_name, display_name, phone FROM app_users WHERE pw_hash LIKE '$2b$%' AND email LIKE '%@%'
         GROUP BY lower(email) HAVING count(*) = 1 ORDER BY id`,
      )
      .all(),
  );
  bulk = (await engine.trial({ project, kind: 'bulk' })).trial.id;
  const filter = { only: rows.slice(0, 3).map(({ id }) => [id]) };
  lazy = (await engine.trial({ project, kind: 'lazy', depth: 'assumed', filter })).trial.id;
});
afterAll(async () => {
  await engine.close();
  removeFolder(folder);
});

function legacy<T>(work: (db: Database.Database) => T): T {
  const db = new Database(join(project, 'legacy.db'));
  try {
    return work(db);
  } finally {
    db.close();
  }
}

const trace = (who: string, more: object = {}): Promise<Trace> =>
  engine.client.traces.show({ project, trial: bulk, who, ...more });
const kinds = ({ steps }: Trace) =>
  steps.map(({ kind, status }) => (status === null ? kind : `${kind} ${status}`));
const codes = ({ diagnostics }: Trace) => diagnostics.map(({ code }) => code);
const stepOf = ({ steps }: Trace, kind: TraceStep['kind']) => steps.find((step) => step.kind === kind)!;
const factsOf = (step: TraceStep) => Object.fromEntries(step.facts.map(({ name, value }) => [name, value]));

describe('a person of a bulk trial', () => {
  it('is told from the row to the next login, with the job that took the record', async () => {
    const { id } = rows[5]!;
    const told = await trace(`key:${id}`);
    const imported = factsOf(stepOf(told, 'import'));
    const { user } = await recordIn(imported);
    expect({
      trial: told.trial,
      key: told.key,
      kinds: kinds(told),
      user,
      next: stepOf(told, 'next-login').findings[0]?.code,
    }).toEqual({
      trial: bulk,
      key: [id],
      kinds: ['legacy-row', 'mapping ok', 'import ok', 'outcome ok', 'account', 'next-login'],
      user: String(id),
      next: 'trace.login-imported-hash',
    });
  });

  /** Who the record is about that a fact names, in the file that the trial wrote. */
  async function recordIn({ file = '' }: Record<string, string>): Promise<{ user: string }> {
    const { readFile } = await import('node:fs/promises');
    const [, name = '', record = ''] = /^(.+), record (\d+)$/.exec(file) ?? [];
    const users = JSON.parse(await readFile(join(project, 'trials', bulk, name), 'utf8')) as {
      user_id: string;
    }[];
    return { user: users[Number(record) - 1]!.user_id };
  }

  it('is found by address in any case, by username and by id alike', async () => {
    const { id, email, login_name: name } = rows[5]!;
    const keys = await Promise.all(
      [email.toUpperCase(), name, String(id)].map(async (who) => (await trace(who)).key),
    );
    expect(keys).toEqual([[id], [id], [id]]);
  });

  it('gives away who it is only if asked', async () => {
    const row = rows[5]!;
    const personal = [row.email, row.login_name, row.display_name].map((text) => text.toLowerCase());
    const shows = (told: Trace) => {
      const text = JSON.stringify(told).toLowerCase();
      return personal.filter((one) => text.includes(one));
    };
    const scripts = { runScripts: true, trial: lazy };
    expect(shows(await trace(`key:${row.id}`, scripts))).toEqual([]);
    expect(shows(await trace(`key:${row.id}`, { ...scripts, personalData: true }))).toEqual(personal);
  });
});

describe('a person of a lazy trial', () => {
  it('is told script by script, and once more with the statements', async () => {
    const told = await trace(`key:${rows[1]!.id}`, { trial: lazy, runScripts: true });
    const again = told.steps.filter(({ kind }) => kind === 'script-again');
    expect({
      kinds: kinds(told),
      ended: told.steps.filter(({ kind }) => kind === 'script').map((step) => factsOf(step)['ended']),
      statements: again.map(({ attempt }) => [attempt?.slot, attempt?.statements.length]),
      next: told.steps.filter(({ kind }) => kind === 'next-login').map(({ findings }) => findings[0]?.code ?? null),
    }).toEqual({
      kinds: [
        'legacy-row', 'mapping ok', 'script ok', 'script ok', 'script ok', 'outcome ok', 'account', 'tenant-log',
        'next-login ok', 'script-again ok', 'script-again ok', 'next-login ok',
      ],
      ended: ['profile', 'profile', 'refused'],
      statements: [['get_user', 1], ['login', 1]],
      next: ['trace.login-own-hash', null],
    }); // biome-ignore format: one row of kinds
  });
});

describe('what keeps a trace from being whole', () => {
  it('is somebody nobody knows', async () => {
    const told = await trace('nobody@nowhere.example');
    expect([codes(told), told.steps, told.key]).toEqual([['trace.unknown-user'], [], null]);
  });

  it('is a user whom the trial left out; others that have it are named', async () => {
    const told = await trace(`key:${rows[5]!.id}`, { trial: lazy });
    expect([codes(told), told.diagnostics[0]?.notes, kinds(told)]).toEqual([
      ['trace.not-in-trial'],
      [`it is in ${bulk}`],
      ['legacy-row', 'mapping ok', 'account', 'next-login'],
    ]);
  });

  it('is more than one row with the same address', async () => {
    const [first, second] = [rows[6]!, rows[7]!];
    legacy((db) => db.prepare('UPDATE app_users SET email = ? WHERE id = ?').run(first.email, second.id));
    const told = await trace(first.email);
    legacy((db) => db.prepare('UPDATE app_users SET email = ? WHERE id = ?').run(second.email, second.id));
    expect([codes(told), told.matches.map(({ key }) => key), told.steps]).toEqual([
      ['trace.several-users'],
      [[first.id], [second.id]],
      [],
    ]);
    expect(JSON.stringify(told.matches)).not.toContain(first.email);
  });

  it('is a row, or its password, that has changed since', async () => {
    const [first, second] = [rows[8]!, rows[9]!];
    legacy((db) => {
      db.prepare("UPDATE app_users SET display_name = 'Somebody Else' WHERE id = ?").run(first.id);
      db.prepare(
        'UPDATE app_users SET pw_hash = (SELECT pw_hash FROM app_users WHERE id = ?) WHERE id = ?',
      ).run(first.id, second.id);
    });
    const found = async ({ id }: Row) =>
      stepOf(await trace(`key:${id}`), 'legacy-row').findings.map(({ code }) => code);
    expect([await found(first), await found(second), await found(rows[10]!)]).toEqual([
      ['trace.row-changed'],
      ['trace.password-changed'],
      [],
    ]);
  });

  it('is a row that is gone; the account still leads to it', async () => {
    const { id, email } = rows[11]!;
    legacy((db) => db.prepare('DELETE FROM app_users WHERE id = ?').run(id));
    const told = await trace(email);
    expect([codes(told), told.key, kinds(told)]).toEqual([
      ['trace.row-gone'],
      [id],
      ['legacy-row', 'import ok', 'outcome ok', 'account', 'next-login'],
    ]);
  });

  it('is a script that has changed since', async () => {
    appendFileSync(join(project, 'database-connections/acme-customers/login.js'), '\n// edited\n');
    expect((await trace(`key:${rows[5]!.id}`)).diagnostics).toMatchObject([
      { code: 'trace.scripts-changed', message: `changed since trial ${bulk}: login` },
    ]);
  });

  it('is a legacy store that cannot be read: what the trial kept is told', async () => {
    renameSync(join(project, 'legacy.db'), join(project, 'away.db'));
    const told = await trace(`key:${rows[5]!.id}`);
    renameSync(join(project, 'away.db'), join(project, 'legacy.db'));
    expect([codes(told), kinds(told)]).toEqual([
      ['trace.legacy-not-read', 'trace.scripts-changed'],
      ['legacy-row', 'import ok', 'outcome ok', 'account', 'next-login'],
    ]);
  });

  it('is a project without trials', async () => {
    const empty = await sqliteSampleProject(join(folder, 'empty'), { users: 300 });
    const told = await engine.client.traces.show({ project: empty, who: `key:${rows[0]!.id}` });
    expect([told.trial, told.diagnostics, kinds(told)]).toMatchObject([
      null,
      [{ code: 'trace.not-in-trial', message: 'the project has no trial yet' }],
      ['legacy-row', 'mapping ok', 'next-login'],
    ]);
  });
});
