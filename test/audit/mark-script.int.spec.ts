import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { markScript } from '#audit/mark-script.ts';
import type { Json, JsonObject } from '#domain/json.ts';
import { DATABASE, projectFolder } from '#test/project-folder.ts';
import { startEngine } from '#test/engine.ts';
import { type Sandbox, startSandbox } from '#test/script-runner.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

function marked(text: string): string {
  const result = markScript(text, 'login');
  if (result.kind !== 'changed') throw new Error(JSON.stringify(result));
  return result.text;
}

/** Everything a run shows to the tenant, the marker taken out and told apart. */
async function seen(text: string) {
  const { ending, value, error } = await sandbox.run(text);
  return { ending, value, error: error === null ? null : `${error.name}: ${error.message}` };
}

function withoutMarker(value: Json): { readonly rest: Json; readonly by: Json; readonly dated: boolean } {
  const { app_metadata: appMetadata, ...profile } = value as JsonObject;
  const { userferry, ...own } = appMetadata as JsonObject;
  const { by, migratedAt } = userferry as { by: Json; migratedAt: string };
  const rest = Object.keys(own).length === 0 ? profile : { ...profile, app_metadata: own };
  return { rest, by, dated: /^\d{4}-\d\d-\d\dT.*Z$/.test(migratedAt) };
}

const PROFILE = "{ user_id: '1', email, app_metadata: { plan: 'gold' } }";

const SCRIPTS: Readonly<Record<string, string>> = {
  'an object': `function login(email, password, callback) { callback(null, ${PROFILE}); }`,
  'a variable': `function login(email, password, callback) { const p = { user_id: '1', email }; return callback(null, p); }`,
  'another name, after waiting': `function (email, password, done) {
  'use strict';
  const finish = done;
  Promise.resolve(${PROFILE}).then((p) => finish(null, p)).catch(done);
}`,
  'a conditional': `(email, password, callback) => { callback(null, password ? ${PROFILE} : null); }`,
  'a document that writes itself': `function login(email, password, callback) {
  class Doc { #p = ${PROFILE}; toJSON() { return this.#p; } }
  callback(null, new Doc());
}`,
};

describe('a marked script', () => {
  it.each(Object.entries(SCRIPTS))('that hands over %s does what it did, and marks', async (_name, text) => {
    const [before, after] = [await seen(text), await seen(marked(text))];
    expect({ ...after, value: withoutMarker(after.value) }).toEqual({
      ...before,
      value: { rest: before.value, by: 'login', dated: true },
    });
  });

  it.each([
    [
      'nobody',
      'function login(email, password, callback) { callback(null, email === "x" ? { user_id: "1" } : null); }',
    ],
    [
      'a refusal',
      'function login(email, password, callback) { if (password) return callback(new WrongUsernameOrPasswordError(email, "no")); callback(null, { user_id: "1" }); }',
    ],
    [
      'metadata that are none',
      'function login(email, password, callback) { callback(null, { user_id: "1", email, app_metadata: "x" }); }',
    ],
  ])('leaves %s alone', async (_name, text) => {
    const before = await seen(text);
    expect(before.ending).toMatch(/^called-back/);
    expect(await seen(marked(text))).toEqual(before);
  });
});

describe('a script that cannot be marked for certain', () => {
  const refusal = (text: string) => {
    const result = markScript(text, 'login');
    return result.kind === 'refused' ? [result.reason, result.line] : result.kind;
  };
  it('is refused with the reason and the line', () => {
    expect([
      refusal('function login(e, p, callback) {\n  find(e, callback);\n}'),
      refusal('function login(e, p, callback) {\n  callback(...[null, {}]);\n}'),
      refusal('function login(e, p, callback) {\n  global.done = callback;\n}'),
      refusal('function login(e, p, callback) { callback(null); }'),
      refusal('(e, p, callback) => callback(null, {})'),
      refusal('function login(e, p, callback) {'),
      refusal('function a() {}\nfunction login(e, p, callback) { callback(null, {}); }'),
      refusal(
        'function login(e, p, callback) { callback(null, { app_metadata: { lazyMigration: true } }); }',
      ),
      refusal(marked(SCRIPTS['an object']!)),
    ]).toEqual([
      ['the callback is handed on, so that a profile could pass unseen', 2],
      ['the callback is called with a spread of arguments', 2],
      ['the callback is handed on, so that a profile could pass unseen', 2],
      ['no call of the callback hands over a profile', null],
      ['its function has no body in braces', 1],
      ['it cannot be parsed: unexpected token', 1],
      ['it is not one function', null],
      'marked-already',
      'marked-already',
    ]);
  });
});

describe('marking the scripts of a project', () => {
  const login = SCRIPTS['an object']!;
  const files = {
    'connection/login.js': `${login}\n`,
    'connection/get_user.js': `${login.replace('login(email, password,', 'get(email,')}\n`,
  };
  const path = (folder: string, file: string) => join(folder, 'database-connections/acme-users', file);

  it('shows what it would do, writes when told to, and does nothing the second time', async () => {
    const folder = projectFolder(files);
    const engine = startEngine();
    const mark = async (write: boolean) =>
      (await engine.client.audit.mark({ project: folder, write })).map(
        ({ slot, status, places, written }) => ({ slot, status, places, written }),
      );
    const dry = await mark(false);
    const untouched = readFileSync(path(folder, 'login.js'), 'utf8');
    const wet = await mark(true);
    const again = await mark(true);
    await engine.close();
    const both = (status: string, written: boolean, places: number[]) =>
      ['login', 'get_user'].map((slot) => ({ slot, status, places, written }));
    expect({ dry, untouched, wet, again, login: readFileSync(path(folder, 'login.js'), 'utf8') }).toEqual({
      dry: both('changed', false, [1]),
      untouched: `${login}\n`,
      wet: both('changed', true, [1]),
      again: both('marked-already', false, []),
      login: marked(`${login}\n`),
    });
  });

  it('writes nothing where one of them is refused, or where import is off', async () => {
    const refused = projectFolder({
      ...files,
      'connection/get_user.js': 'function g(e, callback) { f(callback); }\n',
    });
    const off = projectFolder({
      ...files,
      'connection/database.json': { ...DATABASE, options: { ...DATABASE.options, import_mode: false } },
    });
    const engine = startEngine();
    const statuses = (await engine.client.audit.mark({ project: refused, write: true })).map(
      ({ status, written }) => [status, written],
    );
    const trouble = await engine.client.audit
      .mark({ project: off, write: true })
      .catch((error: Error) => error.message);
    await engine.close();
    expect([statuses, trouble, readFileSync(path(refused, 'login.js'), 'utf8')]).toEqual([
      [
        ['changed', false],
        ['refused', false],
      ],
      'the connection runs with import off',
      `${login}\n`,
    ]);
  });
});
