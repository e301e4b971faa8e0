import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createSecretFiles } from '#project/secret-files.ts';
import { faultOf } from '#test/fault-of.ts';
import { DATABASE, projectFolder, SETTINGS } from '#test/project-folder.ts';

const SERVER = {
  ...SETTINGS,
  legacy: {
    engine: 'postgresql',
    host: 'db.example.org',
    database: 'shop',
    user: 'reader',
    password: '${secret:DB_PASSWORD}',
  },
};
const CONFIGURED = {
  ...DATABASE,
  options: { ...DATABASE.options, configuration: { DB_HOST: '##DB_HOST##', KEY: '##API_KEY##' } },
};
const LOGIN = "function login(email, password, callback) { callback(new Error('##NOTE##')); }\n";

const files = {
  'userferry.json': SERVER,
  'connection/database.json': CONFIGURED,
  'connection/login.js': LOGIN,
};

it('tells which secrets a project asks for, where they come from and who asks, never their values', async () => {
  const folder = projectFolder({
    ...files,
    '.userferry/secrets.json': { DB_PASSWORD: 'hidden-1', API_KEY: 'hidden-2', OLD: '' },
  });
  const list = await createSecretFiles({ API_KEY: 'hidden-3' }).list(folder);
  expect(list).toEqual({
    file: join(folder, '.userferry/secrets.json'),
    secrets: [
      { name: 'API_KEY', set: true, from: 'environment', inFile: true, usedBy: ['configuration.KEY'] },
      { name: 'DB_HOST', set: true, from: 'settings', inFile: false, usedBy: ['configuration.DB_HOST'] },
      { name: 'DB_PASSWORD', set: true, from: 'file', inFile: true, usedBy: ['legacy.password'] },
      { name: 'NOTE', set: false, from: null, inFile: false, usedBy: ['login'] },
      { name: 'OLD', set: false, from: null, inFile: false, usedBy: [] },
    ],
    diagnostics: [],
  });
  expect(JSON.stringify(list)).not.toContain('hidden');
});

it('does not take a value from the file for a reference to the environment', async () => {
  const legacy = { ...SERVER.legacy, password: '${env:DB_PASSWORD}' };
  const folder = projectFolder({
    'userferry.json': { ...SERVER, legacy },
    '.userferry/secrets.json': { DB_PASSWORD: 'hidden' },
  });
  const { secrets } = await createSecretFiles({}).list(folder);
  expect(secrets).toEqual([
    { name: 'DB_PASSWORD', set: false, from: null, inFile: true, usedBy: ['legacy.password'] },
  ]);
});

it('keeps and drops values in a file that only this account can read', async () => {
  const folder = projectFolder(files);
  const secrets = createSecretFiles({});
  const stateOf = async (reply: ReturnType<typeof secrets.list>) =>
    (await reply).secrets.filter(({ set }) => set).map(({ name, from }) => `${name} ${from}`);
  const kept = await stateOf(secrets.keep(folder, 'DB_PASSWORD', 'p"ä\\'));
  await Promise.all([secrets.keep(folder, 'NOTE', 'n'), secrets.keep(folder, 'API_KEY', 'k')]);
  const path = join(folder, '.userferry/secrets.json');
  expect([kept, JSON.parse(readFileSync(path, 'utf8')), statSync(path).mode & 0o777]).toEqual([
    ['DB_HOST settings', 'DB_PASSWORD file'],
    { DB_PASSWORD: 'p"ä\\', NOTE: 'n', API_KEY: 'k' },
    0o600,
  ]);
  expect(await stateOf(secrets.drop(folder, 'DB_PASSWORD'))).toEqual([
    'API_KEY file',
    'DB_HOST settings',
    'NOTE file',
  ]);
});

it('leaves a file alone that it does not understand, and says nothing of what is in it', async () => {
  const folder = projectFolder(files);
  const secrets = createSecretFiles({});
  await secrets.keep(folder, 'NOTE', 'n');
  const path = join(folder, '.userferry/secrets.json');
  writeFileSync(path, '{ "DB_PASSWORD": "hidden" ');
  const fault = await faultOf(secrets.keep(folder, 'NOTE', 'm'));
  const { diagnostics } = await secrets.list(folder);
  expect([
    fault.kind,
    diagnostics.map(({ code }) => code),
    `${fault.message} ${fault.help} ${JSON.stringify(diagnostics)} ${String(fault.cause)}`.includes('hidden'),
    readFileSync(path, 'utf8'),
  ]).toEqual(['project-invalid', ['project.secrets-unreadable'], false, '{ "DB_PASSWORD": "hidden" ']);
});

it('puts no secrets into a folder that is no project', async () => {
  const folder = projectFolder({ 'userferry.json': null });
  const fault = await faultOf(createSecretFiles({}).keep(folder, 'NOTE', 'n'));
  expect([fault.kind, existsSync(join(folder, '.userferry'))]).toEqual(['project-missing', false]);
});

it.each([
  [
    'a newer value stays',
    (text: string) => text.replace('sealed:old', 'entered just now'),
    'entered just now',
  ],
  [
    'a file that broke meanwhile is left alone, and the list is made all the same',
    () => 'no JSON',
    'no JSON',
  ],
])('puts a text that was sealed anew in the place of the old one only: %s', async (_case, change, left) => {
  const folder = projectFolder({ ...files, '.userferry/secrets.json': { DB_PASSWORD: 'sealed:old' } });
  const path = join(folder, '.userferry/secrets.json');
  const vault = {
    seal: async () => 'refused' as const,
    open: async () => {
      writeFileSync(path, change(readFileSync(path, 'utf8')));
      return { text: 'hidden', resealed: 'new' };
    },
  };
  const { file } = await createSecretFiles({}, vault).list(folder);
  expect([
    file,
    readFileSync(path, 'utf8').includes(left),
    readFileSync(path, 'utf8').includes('new"'),
  ]).toEqual([path, true, false]);
});

it('takes the text that was sealed anew, where nobody was there meanwhile', async () => {
  const folder = projectFolder({
    ...files,
    '.userferry/secrets.json': { DB_PASSWORD: 'sealed:old', API_KEY: 'k' },
  });
  const vault = {
    seal: async () => 'refused' as const,
    open: async () => ({ text: 'hidden', resealed: 'new' }),
  };
  await createSecretFiles({}, vault).list(folder);
  expect(JSON.parse(readFileSync(join(folder, '.userferry/secrets.json'), 'utf8'))).toEqual({
    DB_PASSWORD: 'sealed:new',
    API_KEY: 'k',
  });
});
