import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Guest, openGuest } from '#test/guest.ts';

let guest: Guest;
beforeEach(() => {
  guest = openGuest();
});
afterEach(() => guest.close());

/** Loads a script, calls it once as attempt 7 and turns the loop until nothing is left. */
function run(text: string, ...args: unknown[]): Guest['said'] {
  expect(guest.load(text, { SECRET: 's' })).toMatchObject({ ok: true });
  guest.call(7, ...args);
  guest.drain();
  return guest.said;
}

const result = (text: string, ...args: unknown[]) => run(text, ...args).find(({ op }) => op === 'result');

describe('loading', () => {
  it('takes one function, named or not, with comments around it', () => {
    expect(guest.load('// first\nfunction (a, b, callback) { } // last')).toEqual({ ok: true, arity: 3 });
  });

  it('refuses what a tenant cannot evaluate, with the place in the script', () => {
    expect(guest.load('function a() {};')).toEqual({
      ok: false,
      reason: 'syntax',
      message: expect.stringMatching(/\[login\.js:1:16\]/),
    });
    expect(guest.load('function a() {\n  let 3;\n}')).toMatchObject({
      message: expect.stringMatching(/\[login\.js:2:7\]/),
    });
  });

  it('refuses a script that is not a function', () => {
    expect(guest.load('({})')).toMatchObject({
      ok: false,
      reason: 'not-a-function',
      error: { message: 'The script must be one function; it is object.' },
    });
  });

  it('reports a script that throws while it is evaluated', () => {
    expect(guest.load('(() => { throw new Error("early"); })()')).toMatchObject({
      ok: false,
      reason: 'threw',
      error: { name: 'Error', message: 'early' },
    });
  });

  it('hands over a configuration that cannot be changed', () => {
    const script =
      'function (callback) { "use strict"; try { configuration.SECRET = 1; } catch (error) { callback(null, [error.name, configuration]); } }';
    expect(result(script)).toMatchObject({ json: ['TypeError', { SECRET: 's' }] });
  });
});

describe('the callback', () => {
  it('takes a profile as JSON and tells what JSON loses', () => {
    const script = `function (callback) {
      const value = { id: 1, made: new Date(0), gone: undefined, fn() {}, list: [NaN, Symbol("s")], bytes: Buffer.from("a"), map: new Map(), re: /x/, error: new Error("e"), inner: { "odd key": 1n === 1n ? new Set() : 0 } };
      callback(null, value);
    }`;
    expect(result(script)).toEqual({
      op: 'result',
      attempt: 7,
      nth: 1,
      error: null,
      json: {
        id: 1,
        made: '1970-01-01T00:00:00.000Z',
        list: [null, null],
        bytes: { type: 'Buffer', data: [97] },
        map: {},
        re: {},
        error: {},
        inner: { 'odd key': {} },
      },
      details: {
        losses: [
          { path: '$.made', what: 'date' },
          { path: '$.gone', what: 'undefined' },
          { path: '$.fn', what: 'function' },
          { path: '$.list[0]', what: 'not-a-number' },
          { path: '$.list[1]', what: 'symbol' },
          { path: '$.bytes', what: 'bytes' },
          { path: '$.map', what: 'map-or-set' },
          { path: '$.re', what: 'regexp' },
          { path: '$.error', what: 'error' },
          { path: '$.inner["odd key"]', what: 'map-or-set' },
        ],
      },
    });
  });

  it('says why a value cannot be JSON', () => {
    expect(result('function (callback) { callback(null, { id: 1n }); }')).toMatchObject({
      json: undefined,
      details: {
        unserialisable: 'Do not know how to serialize a BigInt',
        losses: [{ path: '$.id', what: 'bigint' }],
      },
    });
  });

  it('says why a value that contains itself cannot be JSON', () => {
    expect(result('function (callback) { const a = {}; a.a = a; callback(null, a); }')).toMatchObject({
      json: undefined,
      details: {
        unserialisable: expect.stringContaining('circular'),
        losses: [{ path: '$.a', what: 'circular' }],
      },
    });
  });

  it('counts every call and shows both places of a second one', () => {
    const calls = run('function (callback) {\n  callback();\n  callback(null, 1);\n}').filter(
      ({ op }) => op === 'result',
    );
    expect(calls).toMatchObject([
      { nth: 1, details: undefined },
      {
        nth: 2,
        json: 1,
        details: {
          stacks: [expect.stringContaining('login.js:2:3'), expect.stringContaining('login.js:3:3')],
        },
      },
    ]);
  });

  it('belongs to its own attempt, however late it is called', () => {
    guest.load(
      'function (name, callback) { setTimeout(() => { console.log(name); callback(null, name); }, 1); }',
    );
    guest.call(1, 'first');
    guest.call(2, 'second');
    guest.drain();
    expect(guest.said.filter(({ op }) => op === 'result')).toMatchObject([
      { attempt: 1, json: 'first' },
      { attempt: 2, json: 'second' },
    ]);
  });
});

describe('errors', () => {
  it.each([
    [
      'WrongUsernameOrPasswordError',
      'new WrongUsernameOrPasswordError("7", "no")',
      {
        name: 'WrongUsernameOrPasswordError',
        message: 'no',
        code: 'wrongusernameorpassword',
        userId: '7',
        lost: ['statusCode'],
      },
    ],
    [
      'ValidationError',
      'new ValidationError("user_exists", "taken")',
      {
        name: 'ValidationError',
        message: 'taken',
        code: 'user_exists',
        description: 'taken',
        lost: ['statusCode'],
      },
    ],
    [
      'UnauthorizedError',
      'new UnauthorizedError("later")',
      {
        name: 'UnauthorizedError',
        message: 'later',
        code: 'unauthorized',
        description: 'later',
        lost: ['statusCode'],
      },
    ],
    [
      'an error with more on it',
      'Object.assign(new Error("db"), { code: "E1", sql: "SELECT 1", errno: 5 })',
      { name: 'Error', message: 'db', code: 'E1', lost: ['sql', 'errno'] },
    ],
    ['a text', '"plain text"', { name: 'Error', message: 'plain text', form: 'string' }],
    [
      'an object',
      '({ status_code: 401 })',
      { name: 'Error', message: '', statusCode: '401', form: 'object' },
    ],
    ['a number', '5', { name: 'Error', message: '5', form: 'other' }],
    [
      'an object that defends itself',
      '({ get message() { throw 1; } })',
      { name: 'Error', message: '', form: 'object' },
    ],
  ])('%s keeps what survives the border', (_name, thrown, expected) => {
    expect(result(`function (callback) { callback(${thrown}); }`)).toMatchObject({
      error: expected,
      json: undefined,
    });
  });

  it('are classes that scripts can test and extend', () => {
    const script =
      'function (callback) { const error = new ValidationError("c"); callback(null, [error instanceof Error, error instanceof ValidationError, error.message === undefined, error.statusCode, String(error.stack).includes("login.js")]); }';
    expect(result(script)).toMatchObject({ json: [true, true, true, 400, true] });
  });
});

describe('what else can happen', () => {
  const reports = (text: string) => run(text).filter(({ op }) => op === 'report');

  it('a script throws', () => {
    expect(reports('function (callback) {\n  null.x;\n}')).toMatchObject([
      {
        attempt: 7,
        report: {
          kind: 'threw',
          error: { name: 'TypeError', stack: expect.stringContaining('login.js:2:8') },
        },
      },
    ]);
  });

  it('an async script rejects or fulfils without calling back', () => {
    expect(reports('async function (callback) { await null; throw new Error("late"); }')).toMatchObject([
      { report: { kind: 'rejected', error: { message: 'late' } } },
    ]);
  });

  it('an async script that returns a value is not completed by it', () => {
    expect(run('async function (callback) { return { user_id: 1 }; }')).toEqual([
      { op: 'report', attempt: 7, report: { kind: 'fulfilled', withValue: true } },
    ]);
  });

  it('nobody catches an error of a timer', () => {
    expect(
      reports('function (callback) { setTimeout(() => { throw new Error("timer"); }, 1); }'),
    ).toMatchObject([{ attempt: 7, report: { kind: 'uncaught', error: { message: 'timer' } } }]);
  });

  it('the script ends the process', () => {
    expect(reports('function (callback) { process.exit(3); }')).toMatchObject([
      { report: { kind: 'exit', code: 3 } },
    ]);
  });

  it('a module is missing, which the script hears in the words of Node', () => {
    expect(
      run(
        'function (callback) { try { require("pg@7.4.3"); } catch (error) { callback(null, [error.code, error.message]); } }',
      ),
    ).toMatchObject([
      { op: 'report', report: { kind: 'missing-module', request: 'pg@7.4.3', available: ['pg@8.23.1'] } },
      { op: 'result', json: ['MODULE_NOT_FOUND', "Cannot find module 'pg@7.4.3'"] },
    ]);
  });

  it('a script asks for what the sandbox refuses', () => {
    expect(reports('function (callback) { require("fs").readFileSync("/etc/passwd"); }')).toMatchObject([
      { report: { kind: 'refused', what: 'fs.readFileSync' } },
      { report: { kind: 'threw' } },
    ]);
  });
});

describe('the console', () => {
  it('keeps levels, formats as Node does and knows tables, groups and counts', () => {
    const script =
      'function (callback) { console.log("a %d", 5, { b: [1] }); console.warn("w"); console.group("g"); console.error("e"); console.groupEnd(); console.count(); console.table([{ x: 1 }]); process.stdout.write("raw"); callback(); }';
    const lines = run(script).flatMap((said) => (said.op === 'log' ? [[said.level, said.text]] : []));
    expect(lines.map(([level]) => level)).toEqual(['log', 'warn', 'log', 'error', 'log', 'log', 'log']);
    expect(lines.map(([, text]) => text?.split('\n')[0])).toEqual([
      'a 5 { b: [ 1 ] }',
      'w',
      'g',
      '  e',
      'default: 1',
      '┌─────────┬───┐',
      'raw',
    ]);
  });
});

describe.each(['compiled', 'snapshot'] as const)('the surroundings of a guest that starts %s', (start) => {
  beforeEach(() => {
    guest.close();
    guest = openGuest(start);
  });

  it('have no shared memory, no newer language and no guest internals left', () => {
    const script = `function (callback) {
      const names = ['Atomics', 'SharedArrayBuffer', 'WebAssembly', 'Temporal', 'Float16Array', 'SuppressedError'];
      const methods = [Uint8Array.fromBase64, Error.isError, RegExp.escape, Promise.try, Math.f16round, new Uint8Array().toHex];
      const internals = Object.getOwnPropertyNames(globalThis).filter((name) => name.startsWith('__'));
      callback(null, [names.map((name) => typeof globalThis[name]), methods.map((method) => typeof method), internals, this === globalThis]);
    }`;
    const gone = Array<string>(6).fill('undefined');
    expect(result(script)).toMatchObject({ json: [gone, gone, [], true] });
  });

  it('are those of Node 22', () => {
    const script = `function (callback) {
      const types = ['fetch', 'AbortController', 'TextEncoder', 'structuredClone'].map((name) => typeof globalThis[name]);
      const hex = Buffer.from('aGk', 'base64').toString('hex');
      callback(null, [process.version, process.platform, types, hex, performance.now() >= 0, Object.keys(process.env)]);
    }`;
    expect(result(script)).toMatchObject({
      json: ['v22.23.3', 'linux', Array(4).fill('function'), '6869', true, []],
    });
  });

  it('run timers, ticks and promises in the order of Node', () => {
    const script = `function (callback) {
      const order = [];
      setTimeout(() => { order.push('timeout'); callback(null, order); }, 60);
      setImmediate(() => order.push('immediate'));
      process.nextTick(() => order.push('tick'));
      Promise.resolve().then(() => { order.push('micro'); process.nextTick(() => order.push('tick of micro')); });
      order.push('sync');
    }`;
    expect(result(script)).toMatchObject({
      json: ['sync', 'tick', 'micro', 'tick of micro', 'immediate', 'timeout'],
    });
  });
});
