import type { Case } from './case.ts';

export const SHAPE_AND_CALLBACK = {
  'script.does-not-compile': {
    found: [
      '=function login(email, password, callback) { if }',
      '=({ login: 1 })',
      '=module.exports = function login(a, b, callback) { callback(); }',
      '=function* login(a, b, callback) { callback(); }',
      '=42;',
      '=function login(a, b, callback) { callback(); };',
      '=(function login(a, b, callback) { callback(); });',
      "=const pg = require('pg');\nfunction login(a, b, callback) { callback(); }",
      '=function login(a, b, callback) { help(callback); }\nfunction help(done) { done(); }',
    ],
    fine: [
      'callback(null);',
      '=(function login(a, b, callback) { callback(); })',
      '=(a, b, callback) => callback(null)',
      '=async (a, b, callback) => callback(null)',
      '=function login(a, b, callback) { callback(); } // the end;\n',
      '=/* function */ function login(a, b, callback) { callback(); }\n// function\n',
    ],
  },
  'lint.anonymous-function': {
    found: ['=(a, b, callback) => callback(null)', '=function (a, b, callback) { callback(); }'],
    fine: ['callback();'],
  },
  'lint.wrong-arity': {
    found: [
      '=function login(email, callback) { callback(); }',
      '=function login(email, password, context, callback) { callback(); }',
    ],
    fine: [
      '=function login(...all) { all[2](null); }',
      '=function login(email, { length }, callback) { callback(null); }',
    ],
  },
  'lint.context-missing': {
    input: { withContext: true },
    found: ['callback();'],
    fine: ['=function login(a, b, context, callback) { callback(); }'],
  },
  'script.too-large': {
    found: [`callback(null); // ${'x'.repeat(102_400)}`],
    fine: [`callback(null); // ${'x'.repeat(100_000)}`],
  },
  'lint.use-npm': {
    found: [
      "=function login(a, b, callback) { 'use npm'; callback(); }",
      "='use npm';\nfunction login(a, b, callback) { callback(); }",
    ],
    fine: ["'use strict';\ncallback();"],
  },
  'lint.slot-not-used': { slot: 'create', input: { importMode: true }, found: ['callback(null);'], fine: [] },
  'lint.change-email-lost': { slot: 'change_email', found: ['callback(null, true);'], fine: [] },
  'lint.unknown-suppression': {
    found: ['// userferry-ignore lint.no-such-thing: why\ncallback();'],
    fine: ['// userferry ignores nothing\ncallback();'],
  },
  'lint.unused-suppression': {
    found: ['// userferry-ignore script.sql-built: why\ncallback();'],
    fine: ['// userferry-ignore script.error-is-no-error: why\ncallback("no");'],
  },
  'lint.suppression-without-reason': {
    found: ['// userferry-ignore script.error-is-no-error\ncallback("no");'],
    fine: ['// userferry-ignore script.error-is-no-error: why\ncallback("no");'],
  },
  'script.never-called-back': {
    found: ['return { user_id: email };', 'if (email) callback(null);'],
    fine: ['callback(null);', 'if (email) return callback(null); callback(null);'],
  },
  'script.called-twice': {
    found: [
      'if (!email) callback(new Error("none"));\ncallback(null);',
      'for (const one of email.split(";")) callback(null, { user_id: one });\n',
      'setImmediate(callback);\ncallback(null);',
    ],
    fine: [
      'if (!email) return callback(new Error("none"));\ncallback(null);',
      'for (const one of email.split(";")) if (one) return callback(null, { user_id: one });\ncallback(null);',
    ],
  },
  'lint.callback-per-event': {
    found: [
      'const q = global.pool && global.pool.query("x"); q.on("row", (row) => callback(null, { user_id: row.id }));',
    ],
    fine: [
      'const q = global.pool && global.pool.query("x"); let last = null; q.on("row", (row) => { last = row; }); q.on("end", () => callback(null, last));',
    ],
  },
  'lint.error-event-and-callback': {
    found: [
      "const { Connection } = require('tedious'); const c = new Connection({}); c.on('errorMessage', () => callback(new Error('x'))); c.connect(() => { c.close(); callback(null); });",
    ],
    fine: [
      "const { Connection } = require('tedious'); const c = new Connection({}); c.on('errorMessage', (e) => console.log(e.number)); c.connect(() => { c.close(); callback(null); });",
    ],
  },
  'script.work-after-callback': {
    found: ['callback(null);\nfetch(configuration.URL, { signal: AbortSignal.timeout(9) });'],
    fine: [
      'callback(null);\nconsole.log("done");',
      'callback(help(email));\nfunction help(value) { return JSON.parse(value); }',
    ],
  },
  'lint.close-after-callback': {
    found: ["const c = require('mysql').createConnection(configuration.URL); callback(null);\nc.end();"],
    fine: ["const c = require('mysql').createConnection(configuration.URL); c.end(); callback(null);"],
  },
  'script.rejected': {
    found: [
      '=async function login(a, b, callback) { await require("bcrypt").compare(a, b); callback(null); }',
      'require("bcrypt").compare(email, password).then((same) => callback(null, same ? { user_id: "1" } : null));',
    ],
    fine: [
      '=async function login(a, b, callback) { try { await require("bcrypt").compare(a, b); callback(null); } catch (e) { callback(e); } }',
      '=async function login(a, b, callback) { const same = await require("bcrypt").compare(a, b).catch(() => false); callback(null, same && { user_id: a }); }',
      'require("bcrypt").compare(email, password).then((same) => callback(null, same ? { user_id: "1" } : null), callback);',
    ],
  },
  'script.threw': {
    found: [
      'if (!email) throw new Error("none"); callback(null);',
      'require("bcrypt").compare(email, password, (err, same) => { if (err) throw err; callback(null, same ? { user_id: "1" } : null); });',
    ],
    fine: [
      'try { if (!email) throw new Error("none"); callback(null); } catch (e) { callback(e); }',
      'const ids = [email].map((err) => { if (!err) throw new TypeError(err); return err; }); callback(null, { user_id: ids[0] });',
    ],
  },
} as const satisfies Readonly<Record<string, Case>>;
