import type { Json } from '#domain/json.ts';
import { type Slot, SLOTS } from '#domain/migration/slots.ts';

/** A database action script and one call of it. */
export interface SlotScript {
  readonly name: string;
  readonly slot: Slot;
  readonly text: string;
  readonly args: readonly Json[];
}

const USER: Json = {
  email: 'ada@example.com',
  password: 'correct horse 9',
  username: 'ada',
  tenant: 'acme',
  client_id: 'client',
  connection: 'legacy',
};
const CONTEXT: Json = { clientID: 'client', tenant: 'acme', connection: 'legacy', isLegacyMode: true };

const PARAMETERS: Readonly<Record<Slot, readonly [names: string, args: readonly Json[]]>> = {
  login: ['email, password', ['ada@example.com', 'correct horse 9']],
  get_user: ['email', ['ada@example.com']],
  create: ['user', [USER]],
  verify: ['email', ['ada@example.com']],
  change_password: ['email, newPassword', ['ada@example.com', 'a new one 9']],
  change_email: ['email, newEmail, verified', ['ada@example.com', 'new@example.com', true]],
  delete: ['id', ['auth0|7']],
};

/** Bodies that every slot is called with; `ARGS` are the slot's own parameters. */
const BODIES: Readonly<Record<string, string>> = {
  answers: 'callback(null, { arguments: [ARGS], count: arguments.length, last: typeof callback });',
  later: 'setTimeout(function () {\n    callback(null, [ARGS]);\n  }, 2);',
  fails: "const reason = 'no';\n\n  callback(new Error(reason));",
};

function slotTable(): SlotScript[] {
  const scripts: SlotScript[] = [];
  for (const slot of SLOTS)
    for (const withContext of [false, true])
      for (const [kind, body] of Object.entries(BODIES)) {
        const [names, args] = PARAMETERS[slot];
        const all = withContext ? `${names}, context` : names;
        scripts.push({
          name: `${slot}.${withContext ? 'context' : 'plain'}.${kind}`,
          slot,
          text: `function (${all}, callback) {\n  ${body.replaceAll('ARGS', all)}\n}`,
          args: withContext ? [...args, CONTEXT] : args,
        });
      }
  return scripts;
}

/** What a login script can do besides calling back once. Each is the text between the braces, from line 2 on. */
const LOGINS: Readonly<Record<string, string>> = {
  profile: "callback(null, { user_id: '7', email, nested: { list: [1, null, 'x'], yes: true } });",
  nothing: 'callback(null);',
  undefinedValue: 'callback(null, undefined);',
  nullValue: 'callback(null, null);',
  falseValue: 'callback(null, false);',
  text: "callback(null, 'just text');",
  date: 'callback(null, { at: new Date(0), bytes: Buffer.from("x"), no: undefined, f: () => 1, nan: NaN });',
  map: 'callback(null, { map: new Map([[1, 2]]), set: new Set([1]), error: new Error("x"), regexp: /x/ });',
  toJson: 'callback(null, { toJSON: () => ({ own: true }) });',
  getter: 'callback(null, { get computed() { return 5; } });',
  undefinedError: 'callback(undefined, 1);',
  zeroError: 'callback(0, 1);',
  emptyError: "callback('', 1);",
  wrongPassword: 'callback(new WrongUsernameOrPasswordError(email, "wrong"));',
  wrongUser: 'callback(new WrongUsernameOrPasswordError());',
  validation: 'callback(new ValidationError("too_short", "Too short"));',
  unauthorized: 'callback(new UnauthorizedError("blocked"));',
  typeError: 'callback(new TypeError("of another kind"));',
  coded:
    'callback(Object.assign(new Error("coded"), { code: "E_CODE", errno: 7, description: "more", secret: 1 }));',
  numberCode: 'callback(Object.assign(new Error("numbered"), { code: 1045 }));',
  cause: 'callback(new Error("outer", { cause: new Error("inner") }));',
  ownClass: 'class Own extends Error { name = "Own"; }\n  callback(new Own("mine"));',
  stringError: "callback('as text');",
  objectError: "callback({ message: 'as object', code: 'c', extra: 1 });",
  nameless: 'callback(Object.assign(new Error("x"), { name: undefined }));',
  errorAndValue: 'callback(new Error("both"), { value: 1 });',
  twice: 'callback(null, 1);\n  callback(null, 2);',
  twiceLater: 'callback(null, 1);\n  setTimeout(() => callback(new Error("second")), 2);',
  thriceErrors: 'callback(new Error("first"));\n  callback(new Error("second"));\n  callback(null, 3);',
  never: 'return { user_id: "7" };',
  throws: 'const user = null;\n  return user.email;',
  throwsText: "throw 'only text';",
  throwsAfter: 'callback(null, 1);\n\n  throw new Error("after");',
  throwsInTimer: 'setTimeout(() => {\n    throw new RangeError("in timer");\n  }, 1);',
  throwsInTick: 'process.nextTick(() => {\n    throw new Error("in tick");\n  });',
  throwsInImmediate: 'setImmediate(() => {\n\n    throw new Error("in immediate");\n  });',
  rejects: 'Promise.reject(new Error("floating"));',
  rejectsLater: 'setTimeout(() => Promise.reject(new Error("floating later")), 1);',
  promise: 'Promise.resolve(5).then((value) => callback(null, value), callback);',
  thenThrows: 'Promise.resolve().then(() => {\n    throw new Error("in then");\n  });',
  caught: 'Promise.reject(new Error("caught")).catch(callback);',
  emitter: "new (require('events'))().on('x', (value) => callback(null, value)).emit('x', 3);",
  emitterError: "new (require('events'))().emit('error', new Error('unheard'));",
  missingModule: "require('no-such-module');",
  jsonError: 'JSON.parse("{");',
  ticks:
    'const seen = [];\n  process.nextTick(() => seen.push("tick"));\n  Promise.resolve().then(() => seen.push("micro"));\n  setImmediate(() => callback(null, seen));',
  thisValue: 'callback(null, this === undefined || typeof this);',
  strict: "'use strict';\n  undeclared = 1;",
  sloppy: 'undeclared = 1;\n  callback(null, typeof undeclared);',
  configuration: 'callback(null, { ...configuration, frozen: Object.isFrozen(configuration) });',
  changesConfiguration: "configuration.KEY = 'changed';\n  callback(null, configuration.KEY);",
  globals:
    'global.counter = (global.counter || 0) + 1;\n  callback(null, [global.counter, global === globalThis]);',
  modules: 'callback(null, [typeof module, typeof exports, typeof require, typeof __dirname]);',
  deepError:
    'function inner() {\n    return new Error("deep");\n  }\n  function outer() {\n    return inner();\n  }\n  callback(outer());',
  evalError: 'eval("null.x");',
  stack: 'callback(null, typeof new Error("x").stack);',
};

const ASYNC_LOGINS: Readonly<Record<string, string>> = {
  callsBack: 'await null;\n  callback(null, 1);',
  returns: 'return { user_id: "7" };',
  rejects: 'await null;\n\n  throw new Error("from async");',
  throwsAtOnce: 'throw new Error("at once");',
  afterCallback: 'callback(null, 1);\n  await null;\n  throw new Error("after callback");',
  awaits:
    'const value = await new Promise((resolve) => setTimeout(resolve, 2, "waited"));\n  callback(null, value);',
};

const FORMS: Readonly<Record<string, string>> = {
  arrow: '(email, password, callback) => callback(null, email)',
  asyncArrow: 'async (email, password, callback) => callback(null, email)',
  named: 'function somethingElse(email, password, callback) { callback(null, somethingElse.name); }',
  comments:
    '// before\n/* and */ function login(email, password, callback) {\n  callback(new Error("line 3"));\n} // after',
  defaults:
    'function login(email, password, callback, more = 5) { callback(null, [arguments.length, more]); }',
  rest: 'function login(...all) { all.pop()(null, all); }',
  destructured:
    'function login(email, password, callback) { const { length } = email; callback(null, length); }',
  windowsLines: 'function login(email, password, callback) {\r\n\r\n  callback(new Error("line 3"));\r\n}',
};

const login = (name: string, text: string): SlotScript => ({
  name: `login.${name}`,
  slot: 'login',
  text,
  args: PARAMETERS.login[1],
});

export const SLOT_SCRIPTS: readonly SlotScript[] = [
  ...slotTable(),
  ...Object.entries(LOGINS).map(([name, body]) =>
    login(name, `function login(email, password, callback) {\n  ${body}\n}`),
  ),
  ...Object.entries(ASYNC_LOGINS).map(([name, body]) =>
    login(`async.${name}`, `async function login(email, password, callback) {\n  ${body}\n}`),
  ),
  ...Object.entries(FORMS).map(([name, text]) => login(`form.${name}`, text)),
];
