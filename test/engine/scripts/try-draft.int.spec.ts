import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeAll, expect, it } from 'vitest';
import { engineClient } from '#test/engine-client.ts';
import { projectFolder } from '#test/project-folder.ts';

const client = engineClient();
let project = '';

beforeAll(() => {
  project = projectFolder({ '.userferry/secrets.json': { GREETING: 'hello' } });
  const database = new Database(join(project, 'legacy.db'));
  database.exec(
    "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT); INSERT INTO users VALUES (1, 'a@b.c')",
  );
  database.close();
});

const request = (text: string, more: object = {}) => ({
  project,
  slot: 'login' as const,
  identifier: 'a@b.c',
  password: 'p',
  text,
  ...more,
});

it('runs a text in the place of the script, with its markers filled, and saves nothing', async () => {
  const text = `function login(email, password, callback) { callback(null, { user_id: email, nickname: '##GREETING##' }); }`;
  const { attempts } = await client.scripts.try(request(text));
  const { attempts: saved } = await client.scripts.try({ ...request(''), text: undefined });
  expect([
    attempts.map(({ ending, value }) => [ending, value]),
    saved.map(({ value }) => value),
    readFileSync(join(project, 'database-connections/acme-users/login.js'), 'utf8').includes('nickname'),
  ]).toEqual([[['called-back', { user_id: 'a@b.c', nickname: 'hello' }]], [null], false]);
});

it('tries a slot that the project does not have yet', async () => {
  const text = 'function remove(id, callback) { callback(null); }';
  const { attempts } = await client.scripts.try({ ...request(text), slot: 'delete' });
  expect(attempts.map(({ slot, ending }) => [slot, ending])).toEqual([['delete', 'called-back']]);
});

it('says what does not compile', async () => {
  const { attempts } = await client.scripts.try(request('function login( {'));
  expect(attempts.map(({ ending, error }) => [ending, error?.name])).toEqual([
    ['does-not-compile', 'SyntaxError'],
  ]);
});

it.each([
  ['that waits for ever', 'function login(e, p, callback) { setTimeout(callback, 1e6); }'],
  ['that never lets go', 'function login(e, p, callback) { for (;;); }'],
])('ends a script %s when nobody wants its answer any more, and goes on with the next', async (_, text) => {
  const controller = new AbortController();
  const trying = client.scripts.try(request(text, { timeLimitMs: 60_000 }), { signal: controller.signal });
  setTimeout(() => controller.abort(), 300);
  const kind = await trying.catch((error: unknown) => (error as { data?: { kind: string } }).data?.kind);
  const { attempts } = await client.scripts.try(
    request('function login(e, p, callback) { callback(null, { user_id: 1 }); }'),
  );
  expect([kind, attempts[0]?.value]).toEqual(['cancelled', { user_id: 1 }]);
});
