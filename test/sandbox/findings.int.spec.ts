import { afterAll, beforeAll, expect, it } from 'vitest';
import { catalogEntry } from '#domain/diagnostics/catalog.ts';
import { type Sandbox, startSandbox } from '#test/script-runner.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

async function findings(body: string): Promise<readonly (readonly [string, string, number | null])[]> {
  const { findings: found } = await sandbox.run(`function login(user, password, callback) {\n${body}\n}`);
  expect(found.filter(({ code }) => catalogEntry(code) === null)).toEqual([]);
  return found.map(({ code, message, line }) => [code, message, line ?? null]);
}

it('a script that does nothing wrong has none', async () => {
  expect(await findings('setTimeout(() => callback(null, { user_id: "1" }), 1);')).toEqual([]);
});

it('a callback called twice, in the same turn and later', async () => {
  expect(await findings('callback(null);\ncallback(null);')).toEqual([
    ['script.called-twice', 'the callback was called more than once: first in line 2, again in line 3', 3],
  ]);
  expect(await findings('callback(null);\nsetTimeout(() =>\n callback(null), 10);')).toContainEqual([
    'script.called-twice',
    'the callback was called more than once: first in line 2, again in line 4',
    4,
  ]);
});

it('work after the callback', async () => {
  expect(await findings('callback(null);\nconsole.log("still here");')).toEqual([
    [
      'script.work-after-callback',
      '1 statements, connections or console lines came after the callback',
      null,
    ],
  ]);
});

it('an error after the callback', async () => {
  expect(await findings('callback(null);\nsetTimeout(() => {\n throw new Error("too late"); }, 5);')).toEqual(
    [['script.threw-after-callback', 'Error: too late', 4]],
  );
});

it('what JSON loses', async () => {
  expect(
    await findings('callback(null, { at: new Date(0), raw: Buffer.from("x"), f() {}, n: NaN, ok: 1 });'),
  ).toEqual([
    [
      'script.result-loses-data',
      '$.at: a Date becomes text; $.raw: a Buffer becomes an object with a list of numbers; $.f: a function is left out; $.n: NaN or Infinity becomes null',
      null,
    ],
  ]);
});

it('what JSON refuses', async () => {
  const [first] = await findings('const me = {}; me.me = me; callback(null, me);');
  expect(first?.[0]).toBe('script.result-not-json');
});

it('errors that are none, and what errors lose', async () => {
  expect((await findings('callback("no");')).map(([code]) => code)).toEqual(['script.error-is-no-error']);
  expect(
    (await findings('callback(Object.assign(new Error("no"), { sql: "SELECT" }));')).map(([code]) => code),
  ).toEqual(['script.error-loses-data']);
});

it('a module that is not there', async () => {
  const [first] = await findings('require("left-pad");');
  expect(first?.slice(0, 2)).toEqual(['script.missing-module', "require('left-pad'): no such module"]);
});

it('something the sandbox refuses', async () => {
  expect(
    (await findings('try { require("fs").readFileSync("/etc/passwd"); } catch (e) { callback(e); }')).map(
      ([code]) => code,
    ),
  ).toContain('script.refused-feature');
});

it('data of a user kept on global', async () => {
  expect(await findings('global.last = { email: user }; callback(null, {});')).toEqual([
    ['script.user-data-in-global', 'global.last holds data of the user after the attempt', null],
  ]);
});

it('a flood of console output is cut', async () => {
  const { console: lines, findings: found } = await sandbox.run(
    'function login(user, password, callback) { for (let i = 0; i < 5000; i++) console.log(i); callback(null); }',
  );
  expect(lines.length).toBeLessThanOrEqual(1001);
  expect(found.map(({ code }) => code)).toEqual(['script.console-cut']);
});

it('console lines with level and text', async () => {
  const { console: lines } = await sandbox.run(
    'function login(user, password, callback) { console.log("a", { b: 1 }); console.error("c"); callback(null); }',
  );
  expect(lines.map(({ level, text }) => [level, text])).toEqual([
    ['log', 'a { b: 1 }'],
    ['error', 'c'],
  ]);
});

it('counts leave out texts', async () => {
  const run = await sandbox.run(
    'function login(user, password, callback) { console.log("a"); callback(null, 1); }',
    { detail: 'counts' },
  );
  expect([run.value, run.console, run.statements, run.connections]).toEqual([1, [], [], []]);
});
