import { createHash } from 'node:crypto';
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createScriptTexts } from '#project/script-texts.ts';
import { readScriptTemplate } from '#project/script-templates.ts';
import { faultOf } from '#test/fault-of.ts';
import { DATABASE, LOGIN, projectFolder } from '#test/project-folder.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

const scripts = createScriptTexts({ NAME: 'filled' });
const sha = (text: string) => createHash('sha256').update(text).digest('hex');
const inConnection = (folder: string, name: string) => join(folder, 'database-connections/acme-users', name);

it('says of every slot whether there is a script, and which template it is', async () => {
  const template = await readScriptTemplate('postgresql', 'login');
  const folder = projectFolder({ 'connection/login.js': template, 'connection/get_user.js': null });
  const none = { state: 'none', file: null, bytes: null, checksum: null, template: null };
  const file = (name: string) => inConnection(folder, name);
  expect(await scripts.list(folder, 'acme-users')).toEqual([
    {
      slot: 'login',
      state: 'there',
      file: file('login.js'),
      bytes: Buffer.byteLength(template),
      checksum: sha(template),
      template: 'postgresql',
    },
    { slot: 'get_user', ...none, state: 'missing', file: file('get_user.js') },
    ...(['create', 'verify', 'change_password', 'change_email', 'delete'] as const).map((slot) => ({
      slot,
      ...none,
    })),
  ]);
});

it('saves over the text that was read, and not over another', async () => {
  const folder = projectFolder();
  const read = await scripts.read(folder, 'login');
  expect(read).toEqual({
    slot: 'login',
    file: inConnection(folder, 'login.js'),
    text: LOGIN,
    checksum: sha(LOGIN),
    bytes: LOGIN.length,
    diagnostics: [],
  });
  const text = LOGIN.replace('null', 'new Error()');
  expect((await scripts.save(folder, 'login', text, read.checksum)).checksum).toBe(sha(text));
  const late = [
    await faultOf(scripts.save(folder, 'login', 'x', read.checksum)),
    await faultOf(scripts.save(folder, 'login', 'x', null)),
  ];
  expect([late.map(({ kind }) => kind), readFileSync(read.file, 'utf8')]).toEqual([
    ['file-changed', 'file-changed'],
    text,
  ]);
});

it('saves what is wrong or too large, and says so', async () => {
  const folder = projectFolder();
  const { checksum } = await scripts.read(folder, 'login');
  const wrong = await scripts.save(folder, 'login', 'function login( {', checksum);
  const large = await scripts.save(folder, 'login', `${LOGIN}// ${'x'.repeat(102_400)}`, wrong.checksum);
  expect([wrong, large].map(({ diagnostics }) => diagnostics.map(({ code }) => code))).toEqual([
    ['project.script-syntax'],
    ['project.script-too-large'],
  ]);
});

it('lists a new script in database.json and leaves the rest of it as it is, markers too', async () => {
  const text = JSON.stringify(DATABASE, null, 4).replace(
    '"configuration": {}',
    '"configuration": { "PORT": @@PORT@@ }',
  );
  const folder = projectFolder({ 'connection/database.json': text });
  const before = await scripts.read(folder, 'delete');
  const saved = await scripts.save(
    folder,
    'delete',
    'function remove(id, callback) { callback(null); }\n',
    null,
  );
  expect([before.text, before.diagnostics, saved.diagnostics]).toEqual([null, [], []]);
  expect(readFileSync(inConnection(folder, 'database.json'), 'utf8')).toBe(
    text.replace(
      '"get_user": "./get_user.js"',
      '"get_user": "./get_user.js",\n            "delete": "./delete.js"',
    ),
  );
});

it('says that a file beside database.json is not listed, and lists it once it is saved', async () => {
  const folder = projectFolder({
    'connection/verify.js': 'function verify(email, callback) { callback(null, true); }\n',
  });
  const read = await scripts.read(folder, 'verify');
  const saved = await scripts.save(folder, 'verify', read.text!, read.checksum);
  expect([read.diagnostics.map(({ code }) => code), saved.diagnostics]).toEqual([
    ['project.script-not-listed'],
    [],
  ]);
});

it('neither reads nor writes through a link that leads out of the project', async () => {
  const elsewhere = join(temporaryFolder('elsewhere'), 'secret.txt');
  writeFileSync(elsewhere, 'private');
  const folder = projectFolder({ 'connection/login.js': null });
  symlinkSync(elsewhere, inConnection(folder, 'login.js'));
  const faults = [
    await faultOf(scripts.read(folder, 'login')),
    await faultOf(scripts.save(folder, 'login', 'x', sha('private'))),
  ];
  const [state] = await scripts.list(folder, 'acme-users');
  expect([faults.map(({ kind }) => kind), state?.state, readFileSync(elsewhere, 'utf8')]).toEqual([
    ['project-invalid', 'project-invalid'],
    'missing',
    'private',
  ]);
});

it('does not write where database.json leads out of the project', async () => {
  const customScripts = { login: '../../../stolen.js' };
  const database = { ...DATABASE, options: { ...DATABASE.options, customScripts } };
  const folder = projectFolder({ 'connection/database.json': database });
  const fault = await faultOf(scripts.save(folder, 'login', 'x', null));
  expect([fault.kind, existsSync(join(folder, '../stolen.js'))]).toEqual(['project-invalid', false]);
});

it('fills markers as they would be when the script runs', async () => {
  const folder = projectFolder();
  expect(await scripts.fill(folder, "a('##NAME##', @@NAME@@, '##OTHER##')")).toBe(
    `a('filled', "filled", '##OTHER##')`,
  );
});
