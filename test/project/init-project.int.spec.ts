import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { Fault } from '#engine/fault.ts';
import { checkProject } from '#project/check-project.ts';
import { initProject } from '#project/init-project.ts';
import { createProjectStore } from '#project/project-store.ts';
import { readCredentials } from '#project/read-credentials.ts';
import { STARTS } from '#project/starter-settings.ts';
import type { GroundTruth } from '#sample/ground-truth.ts';
import { openLegacy } from '#test/open-legacy.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

const NOW = Date.UTC(2026, 9, 1);
const SECRETS = { DB_PASSWORD: 'x', LEGACY_API_KEY: 'x' };

/** Every file below a folder with its text; databases by their size only. */
function contents(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
  return Object.fromEntries(
    names.toSorted().map((name) => [name, readFileSync(join(folder, name), 'latin1')]),
  );
}

const newFolder = () => join(temporaryFolder('init'), 'acme-migration');
const codes = (problems: readonly { readonly code: string }[]) => problems.map(({ code }) => code);

describe('a new project', () => {
  it.each(STARTS)('from %s opens without a problem once its secrets are known', async (from) => {
    const folder = newFolder();
    const result = await initProject({ folder, from, users: 300 }, NOW);
    const connection = from === 'sample' ? 'acme-customers' : 'legacy-users';
    const sample =
      from === 'sample'
        ? [
            '.userferry/credentials.csv',
            '.userferry/ground-truth.json',
            'access-log.csv.gz',
            'legacy.db',
            'triggers/triggers.json',
            ...['add-shop-claims', 'deny-accounts-on-hold', 'note-first-login'].flatMap((name) => [
              `actions/${name}.json`,
              `actions/${name}/code.js`,
            ]),
          ]
        : [];
    const files = [
      '.gitignore',
      '.userferry/secrets.json',
      'README.md',
      'userferry.json',
      ...['database.json', 'get_user.js', 'login.js'].map(
        (name) => `database-connections/${connection}/${name}`,
      ),
      ...sample,
    ].toSorted();
    expect(result).toEqual({
      folder,
      files,
      next: [
        ...(from === 'sample' ? [] : ['legacy inspect --write']),
        'check',
        'trial bulk',
        'trial lazy',
      ].map((command) => `${command} --project ${folder}`),
    });
    expect(Object.keys(contents(folder))).toEqual(files);
    const project = await createProjectStore(SECRETS).open(folder);
    expect([project.problems, [...project.scripts.keys()], project.settings.name]).toEqual([
      [],
      ['login', 'get_user'],
      'acme-migration',
    ]);
  });

  it.each(['postgresql', 'mysql', 'sqlserver', 'oracle'])(
    'from %s says that its secrets are missing',
    async (from) => {
      const folder = newFolder();
      await initProject({ folder, from }, NOW);
      const { problems } = await createProjectStore({}).open(folder);
      expect(new Set(codes(problems))).toEqual(new Set(['project.secret-missing']));
    },
  );

  it('keeps its private part to its owner, and out of git', async () => {
    const folder = newFolder();
    await initProject({ folder, from: 'sample', users: 300 }, NOW);
    const mode = (name: string) => (statSync(join(folder, name)).mode & 0o777).toString(8);
    const modes = [
      '.',
      '.userferry',
      '.userferry/secrets.json',
      '.userferry/credentials.csv',
      'userferry.json',
    ];
    expect(modes.map(mode)).toEqual(['755', '700', '600', '600', '644']);
    const ignored = readFileSync(join(folder, '.gitignore'), 'utf8').split('\n');
    expect(ignored).toEqual(
      expect.arrayContaining(['/.userferry/', '/trials/', '/legacy.db', '/access-log.csv.gz']),
    );
    expect(readFileSync(join(folder, 'README.md'), 'utf8').split('\n').length).toBeLessThan(12);
  });

  it('takes what is known about the database', async () => {
    const folder = newFolder();
    const answers = { host: 'db.acme.example', port: 6543, database: 'shop', user: 'reader' };
    await initProject({ folder, from: 'postgresql', name: 'Acme', answers }, NOW);
    const { settings, configuration } = await createProjectStore({}).open(folder);
    expect([settings.name, settings.legacy]).toEqual([
      'Acme',
      { engine: 'postgresql', ...answers, password: '${secret:DB_PASSWORD}', tls: 'off' },
    ]);
    expect(configuration).toMatchObject({ DB_HOST: 'db.acme.example', DB_PORT: '6543', DB_NAME: 'shop' });
  });
});

describe('a sample project', () => {
  const folder = newFolder();

  it('passes its own check', async () => {
    await initProject({ folder, from: 'sample', users: 1000, seed: 3 }, NOW);
    const project = await createProjectStore({}).open(folder);
    expect(await checkProject(project, openLegacy)).toEqual([]);
  });

  it('has passwords for accounts that are there, and the truth about the others', async () => {
    const project = await createProjectStore({}).open(folder);
    const credentials = await readCredentials(project);
    const truth = JSON.parse(
      readFileSync(join(folder, '.userferry/ground-truth.json'), 'utf8'),
    ) as GroundTruth;
    expect(credentials.size).toBeGreaterThan(truth.accounts.length);
    const database = new Database(join(folder, 'legacy.db'), { readonly: true });
    const find = database
      .prepare('SELECT id FROM app_users WHERE lower(email) = ? OR login_name = ?')
      .pluck();
    const ids = [...credentials.keys()].map((name) => find.get(name, name));
    database.close();
    expect(ids.filter((id) => typeof id !== 'number')).toEqual([]);
    expect(truth.accounts.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('is the same for the same seed, size and date', async () => {
    const again = newFolder();
    await initProject({ folder: again, from: 'sample', users: 1000, seed: 3 }, NOW);
    expect(contents(again)).toEqual(contents(folder));
  });
});

describe('writing a project', () => {
  it('works in an empty folder, which stays the same folder', async () => {
    const folder = temporaryFolder('empty');
    const before = statSync(folder).ino;
    await initProject({ folder, from: 'sqlite' }, NOW);
    expect(statSync(folder).ino).toBe(before);
    expect(readdirSync(folder).toSorted()).toEqual([
      '.gitignore',
      '.userferry',
      'README.md',
      'database-connections',
      'userferry.json',
    ]);
  });

  it('works beside things that it does not touch', async () => {
    const folder = temporaryFolder('beside');
    mkdirSync(join(folder, '.git'));
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    await initProject({ folder, from: 'csv' }, NOW);
    expect(readFileSync(join(folder, 'notes.txt'), 'utf8')).toBe('mine');
  });

  it.each(['userferry.json', 'README.md', '.gitignore', 'database-connections'])(
    'overwrites no %s and writes nothing then',
    async (name) => {
      const folder = temporaryFolder('taken');
      writeFileSync(join(folder, name), 'mine');
      await expect(initProject({ folder, from: 'postgresql' }, NOW)).rejects.toThrow(
        expect.objectContaining({
          kind: 'input-invalid',
          message: `the folder has ${name} already; nothing was written`,
        }),
      );
      expect(contents(folder)).toEqual({ [name]: 'mine' });
    },
  );

  it('is refused where a file has the name', async () => {
    const folder = join(temporaryFolder(), 'file');
    writeFileSync(folder, 'mine');
    await expect(initProject({ folder, from: 'csv' }, NOW)).rejects.toThrow(
      expect.objectContaining({ kind: 'input-invalid', message: 'there is a file of this name' }),
    );
  });

  it('leaves nothing behind when it fails half-way', async () => {
    const parent = temporaryFolder('failing');
    const folder = join(parent, 'x');
    await expect(initProject({ folder, from: 'sample', users: 300, seed: 0.5 }, NOW)).rejects.toThrow(Fault);
    await expect(initProject({ folder: join(parent, 'n'.repeat(300)), from: 'csv' }, NOW)).rejects.toThrow(
      expect.objectContaining({ kind: 'project-unwritable' }),
    );
    expect(readdirSync(parent)).toEqual([]);
  });

  it('knows what a project can start from', async () => {
    await expect(initProject({ folder: newFolder(), from: 'mongodb' }, NOW)).rejects.toThrow(
      expect.objectContaining({ kind: 'input-invalid' }),
    );
  });
});
