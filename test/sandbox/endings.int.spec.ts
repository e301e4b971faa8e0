import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ScriptAttempt, ScriptRun } from '#engine/ports/script-runner.ts';
import { type Sandbox, startSandbox } from '#test/script-runner.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

const brief = ({ ending, value, error, findings }: ScriptRun) => ({
  ending,
  value,
  error: error === null ? null : [error.name, error.message, error.line ?? null],
  findings: findings.map(({ code }) => code),
});

const run = async (text: string, attempt: Partial<Omit<ScriptAttempt, 'script'>> = {}) =>
  brief(await sandbox.run(text, attempt));

const ENDED = { value: null, error: null, findings: [] as string[] };

it('calls back with a value', async () => {
  expect(
    await run('function login(user, password, callback) { callback(null, { user_id: "1", email: user }); }'),
  ).toEqual({
    ...ENDED,
    ending: 'called-back',
    value: { user_id: '1', email: 'ada@example.com' },
  });
});

it('calls back with nothing', async () => {
  expect(await run('function login(user, password, callback) { setTimeout(callback, 5); }')).toEqual({
    ...ENDED,
    ending: 'called-back',
  });
});

it('calls back with an error, whose own fields and line survive', async () => {
  const script =
    'function login(user, password, callback) {\n  callback(new WrongUsernameOrPasswordError(user, "no"));\n}';
  const { ending, error } = await sandbox.run(script);
  expect({ ending, error }).toEqual({
    ending: 'called-back-error',
    error: {
      name: 'WrongUsernameOrPasswordError',
      message: 'no',
      code: 'wrongusernameorpassword',
      userId: 'ada@example.com',
      stack: expect.stringContaining('login.js:2:12') as string,
      line: 2,
      column: 12,
    },
  });
});

it('throws before it returns', async () => {
  expect(await run('function login(user, password, callback) {\n  null.x;\n}')).toEqual({
    ...ENDED,
    ending: 'threw',
    error: ['TypeError', "Cannot read properties of null (reading 'x')", 2],
  });
});

it('throws later, where nobody catches it', async () => {
  expect(
    await run(
      'function login(user, password, callback) {\n  setTimeout(() => {\n    throw new Error("late");\n  }, 5);\n}',
    ),
  ).toEqual({
    ...ENDED,
    ending: 'threw',
    error: ['Error', 'late', 3],
  });
});

it('is an async function that rejects', async () => {
  expect(
    await run('async function login(user, password, callback) {\n  throw new Error("lost");\n}'),
  ).toEqual({
    ...ENDED,
    ending: 'rejected',
    error: ['Error', 'lost', 2],
  });
});

it('leaves a rejected promise behind', async () => {
  const { ending, error } = await run(
    'function login(user, password, callback) {\n  Promise.reject(new Error("floating"));\n}',
  );
  expect({ ending, error }).toEqual({ ending: 'rejected', error: ['Error', 'floating', 2] });
});

it('never calls back, which is known at once when nothing is left to wait for', async () => {
  expect(await run('function login(user, password, callback) { return { user_id: "1" }; }')).toEqual({
    ...ENDED,
    ending: 'never-called-back',
  });
});

it('returns a promise of a value instead of calling back', async () => {
  expect(await run('async function login(user) { return { user_id: "1" }; }')).toEqual({
    ...ENDED,
    ending: 'never-called-back',
    findings: ['script.promise-value-ignored'],
  });
});

it('is still waiting when its time is up', async () => {
  expect(
    await run('function login(user, password, callback) { setTimeout(callback, 60000); }', {
      timeLimitMs: 200,
    }),
  ).toEqual({
    ...ENDED,
    ending: 'timed-out',
  });
});

it('blocks its thread', async () => {
  expect(await run('function login() { for (;;); }', { timeLimitMs: 200 })).toEqual({
    ...ENDED,
    ending: 'blocked',
  });
});

it('uses too much memory', async () => {
  const script = 'function login() { const all = []; for (;;) all.push(new Array(1000).fill(1.5)); }';
  expect((await run(script)).ending).toBe('out-of-memory');
});

it('ends its process', async () => {
  expect(await run('function login() { process.exit(3); }')).toEqual({
    ...ENDED,
    ending: 'crashed',
    findings: ['script.exited'],
  });
});

it('does not compile', async () => {
  expect(await run('function login(user) {\n  let = 1;;\n  x y\n}')).toEqual({
    ...ENDED,
    ending: 'does-not-compile',
    error: ['SyntaxError', expect.any(String), expect.any(Number)],
  });
  expect((await run('function login() {}\nfunction other() {}')).ending).toBe('does-not-compile');
  expect((await run('42')).ending).toBe('does-not-compile');
});

it('is larger than a tenant takes', async () => {
  expect(
    (await run(`function login(a, b, callback) { callback(null, ${JSON.stringify('x'.repeat(102_400))}); }`))
      .ending,
  ).toBe('too-large');
});

it('gives a result larger than can be handed on', async () => {
  expect((await run('function login(a, b, callback) { callback(null, "x".repeat(5e6)); }')).ending).toBe(
    'too-large',
  );
});

it('works again after each of these', async () => {
  expect((await run('function login(user, password, callback) { callback(null, 1); }')).value).toBe(1);
});

it('blocks or swells while it is loaded', async () => {
  expect((await run('(() => { for (;;); })()')).ending).toBe('blocked');
  expect(
    (await run('(() => { const all = []; for (;;) all.push(new Array(1000).fill(1.5)); })()')).ending,
  ).toBe('out-of-memory');
});
