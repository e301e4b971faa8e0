import { describe, expect, it } from 'vitest';
import { lint, script } from '#test/lint.ts';

const FLOW = new Set([
  'script.never-called-back',
  'script.called-twice',
  'script.rejected',
  'script.threw',
  'script.work-after-callback',
  'lint.callback-per-event',
  'lint.close-after-callback',
  'lint.error-event-and-callback',
]);

/** Findings about paths as `code line`. */
function paths(body: string, isAsync = false): readonly string[] {
  return lint('login', script(isAsync ? 'async login' : 'login', body))
    .filter(({ code }) => FLOW.has(code))
    .map(
      ({ code, place }) =>
        `${code.slice(code.indexOf('.') + 1)} ${place?.kind === 'script' ? place.line! - 1 : ''}`,
    );
}

const DB = 'const db = global.db || (global.db = 1);';

describe('a path without the callback', () => {
  it.each([
    [
      'a return in a nested callback',
      `${DB} db.query('x', (err, rows) => {\nif (err) return callback(err);\nif (!rows) return;\ncallback(null);\n});`,
      ['never-called-back 3'],
    ],
    [
      'no else',
      `${DB} db.query('x', (err) => {\nif (!err) {\ncallback(null);\n}\n});`,
      ['never-called-back 5'],
    ],
    [
      'a switch without default',
      "switch (email) {\ncase 'a':\nreturn callback(null);\ncase 'b':\ncallback(null);\n}",
      ['never-called-back 7'],
    ],
    [
      'an empty catch',
      'try {\nJSON.parse(email);\ncallback(null);\n} catch (e) {\nconsole.error("no");\n}',
      ['never-called-back 7'],
    ],
    [
      'a break out of a loop',
      'for (const one of email) {\nif (one) break;\nreturn callback(null);\n}',
      ['never-called-back 5'],
    ],
    [
      'a function of the script',
      'function finish(error) {\nif (error) callback(error);\n}\nfinish(null);',
      ['never-called-back 5'],
    ],
    [
      'a chain of promises',
      `require('bcrypt').compare(email, password)\n.then((same) => {\nif (same) callback(null);\n}, callback);`,
      ['never-called-back 4'],
    ],
    [
      'only failure handled',
      `require('bcrypt').compare(email, password).catch(callback);`,
      ['never-called-back 1'],
    ],
    [
      'an async function left alone',
      'async function run() {\nif (email) callback(null);\n}\nrun();',
      ['never-called-back 3'],
    ],
    [
      'a helper given the callback',
      'function answer(value, done) {\nif (value) done(null);\n}\nanswer(email, callback);',
      ['never-called-back 5'],
    ],
    ['a labelled block', 'out: {\nif (email) break out;\nreturn callback(null);\n}', ['never-called-back 5']],
  ])('is found: %s', (_name, body, expected) => {
    expect(paths(body)).toEqual(expected);
  });

  it.each([
    [
      'every case of a switch',
      "switch (email) {\ncase 'a':\ncase 'b':\ncallback(null);\nbreak;\ndefault:\ncallback(new Error('x'));\n}",
    ],
    [
      'try and catch',
      'let user;\ntry {\nuser = JSON.parse(email);\n} catch (e) {\nreturn callback(new Error("x"));\n}\ncallback(null, user);',
    ],
    [
      'opposite conditions',
      `${DB} db.query('x', (err, rows) => {\nif (err) { callback(err); }\nif (!err && rows.length === 0) { callback(null); }\nif (!err && rows.length > 0) { callback(null, rows); }\n});`,
    ],
    [
      'a result filled on the way',
      'let found = null;\nfor (const one of email) {\nif (one === "a") found = { user_id: one };\n}\nif (found) return callback(null, found);\nreturn callback(null);',
    ],
    [
      'a flag set in a loop',
      'let done = false;\nfor (const one of email) {\nif (one) { callback(null); done = true; break; }\n}\nif (!done) callback(new Error("x"));',
    ],
    [
      'connect with an error handler only',
      `const c = require('mysql').createConnection(configuration.U);\nc.connect(function (err) { if (err) console.error(err.code); });\nc.query('x', function (err) { c.end(); callback(err); });`,
    ],
    [
      'a timer beside the work',
      `${DB} let over = false;\nconst t = setTimeout(() => { if (over) return; over = true; callback(new Error("late")); }, 9000);\ndb.query('x', (err) => {\nif (over) return;\nover = true;\nclearTimeout(t);\ncallback(err);\n});`,
    ],
    [
      'two event handlers',
      "const r = require('https').get(email, { timeout: 9 });\nr.on('response', (res) => callback(null, { user_id: String(res.statusCode) }));\nr.on('error', callback);",
    ],
    [
      'a promise that wraps events',
      "new Promise((resolve, reject) => {\nsetTimeout(resolve, 5);\nprocess.nextTick(() => reject(new Error('x')));\n}).then(() => callback(null), callback);",
    ],
    [
      'a new promise that calls back',
      'new Promise((resolve) => {\ncallback(null);\nresolve();\n}).catch(() => {});',
    ],
    ['a callback passed on', "require('bcrypt').compare(email, password, callback);"],
    ['a bound callback', "require('bcrypt').compare(email, password, callback.bind(null));"],
    [
      'the callback under another name',
      "const done = callback;\nif (email) return done(null);\ndone(new Error('x'));",
    ],
    ['call and apply', "if (email) callback.call(null, null);\nelse callback.apply(this, [new Error('x')]);"],
    ['an endless loop with a way out', 'while (true) {\nif (Math.random() > 0.5) return callback(null);\n}'],
    ['conditional calls', "email ? callback(null) : callback(new Error('x'));"],
    ['logical calls', "email && callback(null);\nemail || callback(new Error('x'));"],
    [
      'recursion',
      'function step(n) {\nif (n === 0) return callback(null);\nsetImmediate(() => step(n - 1));\n}\nstep(3);',
    ],
    [
      'handlers in an object',
      "const handlers = { ok: () => callback(null), bad: () => callback(new Error('x')) };\nglobal.bus && global.bus.send(email, handlers);",
    ],
  ])('is not found: %s', (_name, body) => {
    expect(paths(body)).toEqual([]);
  });

  it('says when it is taken', () => {
    const body = `${DB} db.query('x', (err, rows) => {\nif (err) return callback(err);\nif (rows.length === 0) return;\ncallback(null);\n});`;
    expect(
      lint('login', script('login', body)).find(({ code }) => code === 'script.never-called-back')?.notes,
    ).toEqual(['The path is taken when: not err, not rows.length.']);
  });
});

describe('a second call', () => {
  it.each([
    [
      'no return after an error',
      `${DB} db.query('x', (err, rows) => {\nif (err) callback(err);\ncallback(null, rows);\n});`,
      ['called-twice 3'],
    ],
    [
      'through a function of the script',
      'function fail(text) {\ncallback(new Error(text));\n}\nif (!email) fail("x");\ncallback(null);',
      ['called-twice 5'],
    ],
    [
      'a case that falls through',
      "switch (email) {\ncase 'a':\ncallback(null);\ndefault:\ncallback(new Error('x'));\n}",
      ['called-twice 5'],
    ],
    [
      'a chain that goes on',
      "require('bcrypt').compare(email, password)\n.then((same) => {\nif (!same) return callback(null);\nreturn same;\n})\n.then((same) => callback(null, { user_id: String(same) }))\n.catch(callback);",
      ['called-twice 6'],
    ],
    [
      'forEach',
      "email.split(';').forEach((one) => {\ncallback(null, { user_id: one });\n});",
      ['never-called-back 4', 'called-twice 2'].sort(),
    ],
    [
      'after what is handed on',
      "require('bcrypt').compare(email, password, (err) => callback(err));\ncallback(null);",
      ['called-twice 2'],
    ],
  ])('is found: %s', (_name, body, expected) => {
    expect([...paths(body)].sort()).toEqual(expected);
  });

  it('is found where something fails after the first', () => {
    const body =
      "try {\nawait require('bcrypt').compare(email, password);\ncallback(null);\nawait global.close?.();\n} catch (e) {\ncallback(e);\n}";
    expect(paths(body, true)).toEqual(['close-after-callback 4', 'called-twice 6']);
  });

  it('is no second call when only the callback itself could fail', () => {
    const body =
      "try {\nconst same = await require('bcrypt').compare(email, password);\nreturn callback(null, same ? { user_id: '1' } : null);\n} catch (e) {\nreturn callback(new Error('x'));\n}";
    expect(paths(body, true)).toEqual([]);
  });

  it('is no second call when another one already said so', () => {
    const body =
      "let called = false;\nfunction once(error, value) {\nif (called) return;\ncalled = true;\ncallback(error, value);\n}\nglobal.bus && global.bus.on('a', () => once(null));\nonce(new Error('x'));";
    expect(paths(body)).toEqual([]);
  });
});

describe('failures of promises', () => {
  it.each([
    [
      'an async script',
      true,
      "const same = await require('bcrypt').compare(email, password);\ncallback(null, same ? { user_id: '1' } : null);",
      ['rejected 1'],
    ],
    [
      'an async handler',
      false,
      `${DB} db.query('x', async (err) => {\nif (err) return callback(err);\nawait require('bcrypt').compare(email, password);\ncallback(null);\n});`,
      ['rejected 3'],
    ],
    [
      'an async function that is called and forgotten',
      false,
      "async function run() {\nawait require('bcrypt').compare(email, password);\ncallback(null);\n}\nrun();",
      ['rejected 5'],
    ],
    ['a throw before any try', true, 'if (!email) throw new Error("x");\ncallback(null);', ['rejected 1']],
  ])('are found: %s', (_name, isAsync, body, expected) => {
    expect(paths(body, isAsync)).toEqual(expected);
  });

  it.each([
    [
      'finally with a catch',
      true,
      "let c;\ntry {\nc = await require('bcrypt').hash(email, 10);\ncallback(null);\n} catch (e) {\ncallback(e);\n} finally {\nawait c?.close?.();\n}",
    ],
    [
      'an async function with try, forgotten',
      false,
      "async function run() {\ntry {\nawait require('bcrypt').compare(email, password);\ncallback(null);\n} catch (e) {\ncallback(e);\n}\n}\nrun();",
    ],
    [
      'an async function awaited in try',
      true,
      "async function find() {\nif (!email) throw new Error('x');\nreturn require('bcrypt').compare(email, password);\n}\ntry {\nawait find();\ncallback(null);\n} catch (e) {\ncallback(e);\n}",
    ],
    [
      'a second handler of then',
      false,
      "(async () => { throw new Error('x'); })().then(() => callback(null), callback);",
    ],
    [
      'an async function that cannot fail',
      true,
      "async function quiet() {\ntry {\nawait require('bcrypt').compare(email, password);\n} catch (e) {\nreturn null;\n}\n}\nawait quiet();\ncallback(null);",
    ],
  ])('are not found: %s', (_name, isAsync, body) => {
    expect(paths(body, isAsync)).toEqual([]);
  });
});

it('gives up quietly on a script made to explode', () => {
  const ifs = Array.from({ length: 400 }, (_, index) => `if (email[${index}]) password += ${index};`).join(
    '\n',
  );
  const nested = Array.from(
    { length: 14 },
    (_, n) => `function f${n}(x) { ${n === 0 ? 'callback(x)' : `f${n - 1}(x); f${n - 1}(x)`}; }`,
  ).join('\n');
  expect(paths(`${ifs}\n${nested}\nf13(null);`).filter((one) => one.startsWith('never-called-back'))).toEqual(
    [],
  );
});
