import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { DATABASE, projectFolder, SETTINGS } from '#test/project-folder.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

// The list of recent projects of whoever runs the tests is not ours to fill.
process.env['XDG_CONFIG_HOME'] = temporaryFolder('config');
const { engineClient } = await import('#test/engine-client.ts');
const client = engineClient();

const kindOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing',
    (error: unknown) => (error as { data: { kind: string } }).data.kind,
  );

const SERVER = {
  ...SETTINGS,
  environment: { label: 'Production', colour: 'red' },
  legacy: {
    engine: 'postgresql',
    host: 'db.example.org',
    port: 5433,
    database: 'shop',
    user: 'reader',
    password: '${secret:DB_PASSWORD}',
    tls: 'verify',
  },
  users: { query: 'SELECT * FROM users', key: ['id'] },
};

it('tells what a project is, without connecting to anything', async () => {
  const folder = projectFolder({
    'userferry.json': SERVER,
    '.userferry/secrets.json': { DB_PASSWORD: 'hidden-value' },
  });
  const { text } = await client.scripts.template({ name: 'postgresql', slot: 'login' });
  writeFileSync(join(folder, 'database-connections/acme-users/login.js'), text);
  const overview = await client.projects.open({ folder });
  expect({
    ...overview,
    slots: overview.slots.map(({ slot, state, template }) => [slot, state, template]),
  }).toEqual({
    folder,
    name: 'acme',
    usable: true,
    connection: 'acme-users',
    legacy: {
      engine: 'postgresql',
      description: 'reader at db.example.org:5433/shop, TLS',
      kind: 'server',
      users: 'a query',
      readOnly: true,
      environment: { label: 'Production', colour: 'red' },
      passwordSet: true,
    },
    slots: [
      ['login', 'there', 'postgresql'],
      ['get_user', 'there', null],
      ['create', 'none', null],
      ['verify', 'none', null],
      ['change_password', 'none', null],
      ['change_email', 'none', null],
      ['delete', 'none', null],
    ],
    template: 'postgresql',
    trials: { count: 0, damaged: 0, last: null },
    diagnostics: [],
  });
  expect(JSON.stringify(overview)).not.toContain('hidden-value');
});

it('says what is damaged instead of failing', async () => {
  const noPassword = await client.projects.open({ folder: projectFolder({ 'userferry.json': SERVER }) });
  const syntax = await client.projects.open({
    folder: projectFolder({ 'userferry.json': '{\n  "name": "Acme \\u0026 Co",\n' }),
  });
  const noConnection = await client.projects.open({
    folder: projectFolder({ 'connection/database.json': null }),
  });
  const brokenScript = await client.projects.open({
    folder: projectFolder({ 'connection/login.js': 'function (' }),
  });
  const damagedTrial = await client.projects.open({
    folder: projectFolder({ 'trials/20260101-000000-abcd/trial.json': 'no' }),
  });
  const seen = [noPassword, syntax, noConnection, brokenScript, damagedTrial];
  expect(
    seen.map(({ name, usable, legacy, trials, diagnostics }) => ({
      name,
      usable,
      password: legacy?.passwordSet ?? null,
      damaged: trials.damaged,
      codes: [...new Set(diagnostics.map(({ code }) => code))],
    })),
  ).toEqual([
    { name: 'acme', usable: false, password: false, damaged: 0, codes: ['project.secret-missing'] },
    { name: 'Acme & Co', usable: false, password: null, damaged: 0, codes: ['project.json-syntax'] },
    { name: 'acme', usable: false, password: null, damaged: 0, codes: ['project.connection-missing'] },
    { name: 'acme', usable: false, password: null, damaged: 0, codes: ['project.script-syntax'] },
    { name: 'acme', usable: true, password: null, damaged: 1, codes: [] },
  ]);
});

it('refuses folders that are no project, and projects of later versions', async () => {
  const newer = projectFolder({ 'userferry.json': { ...SETTINGS, version: 99 } });
  expect([
    await kindOf(client.projects.open({ folder: temporaryFolder('empty') })),
    await kindOf(client.projects.open({ folder: newer })),
    await kindOf(client.projects.remember({ folder: temporaryFolder('empty') })),
  ]).toEqual(['project-missing', 'project-newer', 'project-missing']);
});

it('remembers projects under their names, and shows the folders around them when browsing', async () => {
  const good = projectFolder();
  const damaged = projectFolder({ 'userferry.json': '{' });
  await client.projects.remember({ folder: damaged });
  const { projects } = await client.projects.remember({ folder: good });
  rmSync(damaged, { recursive: true });
  const { places } = await client.files.browse({ folder: good });
  const { projects: later } = await client.projects.forget({ folder: good });
  expect({
    names: projects.map(({ name, folder }) => [name, folder]),
    later: later.map(({ state }) => state),
    recent: places.filter(({ kind }) => kind === 'recent').map(({ folder }) => folder),
  }).toEqual({
    names: [
      ['acme', good],
      [damaged.split('/').at(-1), damaged],
    ],
    later: ['gone'],
    recent: [join(good, '..')],
  });
});

it('hands out faults with all that is wrong', async () => {
  const folder = projectFolder();
  const { checksum } = await client.settings.read({ project: folder });
  const text = JSON.stringify({ ...SETTINGS, name: '', connection: 'no spaces please' });
  const error = await client.settings
    .save({ project: folder, text, checksum })
    .catch((trouble: unknown) => trouble as { data: { kind: string; problems: { code: string }[] } });
  expect(error).toMatchObject({ data: { kind: 'project-invalid', problems: { length: 2 } } });
});

it('lists templates with a text for every slot, and lints a draft with the rules of its project', async () => {
  const database = {
    ...DATABASE,
    options: { ...DATABASE.options, configuration: { API_URL: 'https://api.example.org' } },
  };
  const folder = projectFolder({ 'connection/database.json': database });
  const { templates } = await client.scripts.templates({});
  const texts = await Promise.all(
    templates.map(async ({ name }) => (await client.scripts.template({ name, slot: 'delete' })).text.length),
  );
  const text = 'function login(email, password, callback) { callback(null, configuration.API_ULR); }';
  const { findings } = await client.scripts.lint({
    from: { kind: 'draft', project: folder, slot: 'login', text },
  });
  expect({
    short: texts.filter((length) => length < 50),
    unknown: await kindOf(client.scripts.template({ name: '../../package.json', slot: 'login' })),
    codes: findings.map(({ diagnostic }) => diagnostic.code).includes('lint.configuration-undefined'),
    saved: readFileSync(join(folder, 'database-connections/acme-users/login.js'), 'utf8') === text,
  }).toEqual({ short: [], unknown: 'input-invalid', codes: true, saved: false });
});
