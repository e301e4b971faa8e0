import type { Case } from './case.ts';

export const ANSWERS_AND_MODULES = {
  'script.error-is-no-error': {
    found: ["callback('not found');", 'callback(`no ${email}`);', "callback({ message: 'no' });"],
    fine: ["callback(new Error('not possible'));", "callback(new Error('no'));"],
  },
  'script.error-loses-data': {
    found: ["const problem = new Error('no'); problem.status = 500; callback(problem);"],
    fine: ["const problem = new Error('no'); problem.code = 'x'; callback(problem);"],
  },
  'lint.error-message-leaks': {
    found: [
      "const sql = 'SELECT 1 FROM users'; callback(new Error('failed: ' + sql));",
      'try { callback(null); } catch (err) { callback(new Error(err.stack)); }',
      'callback(new Error(`cannot reach ${configuration.HOST}`));',
    ],
    fine: ["callback(new Error('failed for ' + email.length));"],
  },
  'lint.password-in-error': {
    found: [
      'callback(new Error(`wrong: ${password}`));',
      'callback(new WrongUsernameOrPasswordError(password, "no"));',
    ],
    fine: ['callback(new WrongUsernameOrPasswordError(email, "no"));'],
  },
  'lint.wrong-password-as-error': {
    found: ["callback(new Error('Invalid password'));", "callback(new Error('User not found'));"],
    fine: [
      "callback(new Error('cannot check the hash'));",
      "callback(new WrongUsernameOrPasswordError(email, 'Invalid password'));",
    ],
  },
  'lint.wrong-password-arguments': {
    found: [
      "callback(new WrongUsernameOrPasswordError('wrong password'));",
      "callback(new WrongUsernameOrPasswordError(null, 'wrong password'));",
    ],
    fine: [
      'callback(new WrongUsernameOrPasswordError());',
      "callback(new WrongUsernameOrPasswordError(null, 'unknown user'));",
    ],
  },
  'lint.duplicate-as-plain-error': {
    slot: 'create',
    found: ["callback(new Error('user already exists'));"],
    fine: ["callback(new ValidationError('user_exists', 'already there'));"],
  },
  'lint.validation-error-code': {
    slot: 'create',
    found: [
      "callback(new ValidationError('user already exists'));",
      "callback(new ValidationError('duplicate', 'exists'));",
    ],
    fine: ["callback(new ValidationError('weak_password', 'choose a longer one'));"],
  },
  'script.not-found-as-error': {
    slot: 'get_user',
    found: ["callback(new Error('user not found'));", 'callback(new WrongUsernameOrPasswordError(email));'],
    fine: ["callback(new Error('lookup failed'));"],
  },
  'script.not-found-as-empty-object': {
    slot: 'get_user',
    found: ['callback(null, {});', 'callback(null, []);'],
    fine: ['callback(null);', 'callback(null, null);'],
  },
  'script.outage-as-not-found': {
    slot: 'get_user',
    found: [
      'try { global.x || callback(null); } catch (e) { callback(null); }',
      "require('dns').lookup(email, (err) => { if (err) return callback(null); callback(null, { user_id: '1' }); });",
    ],
    fine: ["require('dns').lookup(email, (err) => { if (err) return callback(err); callback(null); });"],
  },
  'script.outage-as-wrong-password': {
    found: [
      "require('bcrypt').compare(email, password, (err, same) => { if (err) return callback(new WrongUsernameOrPasswordError(email)); callback(null, same ? { user_id: '1' } : null); });",
    ],
    fine: [
      "require('bcrypt').compare(email, password, (err, same) => { if (err) return callback(new Error('x')); if (!same) return callback(new WrongUsernameOrPasswordError(email)); callback(null, { user_id: '1' }); });",
    ],
  },
  'lint.response-not-checked': {
    found: [
      "require('axios').get('/x', { timeout: 9 }).then(() => callback(null), (e) => callback(e.response.status === 404 ? null : e));",
    ],
    fine: [
      "require('axios').get('/x', { timeout: 9 }).then(() => callback(null), (e) => callback(e.response && e.response.status === 404 ? null : e));",
      "require('axios').get('/x', { timeout: 9 }).then(() => callback(null), (e) => callback(e.response?.status === 404 ? null : e));",
    ],
  },
  'lint.status-ignored': {
    found: [
      'fetch(configuration.URL, { signal: AbortSignal.timeout(9) }).then((r) => r.json()).then((u) => callback(null, u), callback);',
    ],
    fine: [
      'fetch(configuration.URL, { signal: AbortSignal.timeout(9) }).then((r) => (r.ok ? r.json() : null)).then((u) => callback(null, u), callback);',
    ],
  },
  'lint.row-not-checked': {
    found: [
      "global.db ||= 1; global.db.query('SELECT id FROM t WHERE e = ?', [email], (err, rows) => { if (err) return callback(err); callback(null, { user_id: rows[0].id }); });",
    ],
    fine: [
      "global.db ||= 1; global.db.query('SELECT id FROM t WHERE e = ?', [email], (err, rows) => { if (err) return callback(err); const [row] = rows; callback(null, row ? { user_id: row.id } : null); });",
    ],
  },
  'script.missing-module': {
    found: ["require('left-pad'); callback();", "require('pg@8.0.0'); callback();"],
    fine: [
      "require('crypto'); require('node:fs'); require('pg'); require('mysql2/promise'); callback();",
      "require('mongodb@4.17.2'); callback();",
    ],
  },
  'lint.module-version-removed': {
    found: ["require('mysql@2.15.0'); callback();"],
    fine: ["require('mysql@2.18.1'); callback();"],
  },
  'lint.module-gone': { found: ["require('edge'); callback();"], fine: [] },
  'lint.module-deprecated': {
    found: ["require('request'); callback();"],
    fine: ["require('axios'); callback();"],
  },
  'lint.magic-global': {
    found: [
      'callback(null, { user_id: jwt.decode(email).sub });',
      'crypto.createHash("sha256"); callback();',
    ],
    fine: [
      "const jwt = require('jsonwebtoken'); callback(null, { user_id: jwt.decode(email).sub });",
      'crypto.subtle; callback();',
      'if (typeof _ !== "undefined") _.noop(); callback();',
    ],
  },
  'lint.undefined-name': {
    found: ['callback(null, { user_id: emial });'],
    fine: [
      'const { a: { b = 1 } = {} } = {}; callback(null, { user_id: String(b), at: new Date(URL.length) });',
      'try { callback(); } catch { callback(); }',
    ],
  },
  'lint.implicit-global': {
    found: ['found = email; callback();'],
    fine: ['let found; found = email; callback(null, { user_id: found });'],
  },
  'lint.relative-require': {
    found: ["require('./helpers'); callback();"],
    fine: ["require('path'); callback();"],
  },
  'lint.dynamic-require': {
    found: ['require("lod" + email); callback();'],
    fine: ['require(`lodash`); callback();'],
  },
  'script.refused-feature': {
    found: [
      "require('child_process'); callback();",
      "require('fs').writeFileSync('/tmp/x', email); callback();",
      "const { appendFile } = require('fs/promises'); appendFile('x', email).catch(() => {}); callback();",
    ],
    fine: ["require('zlib'); callback();", "require('fs').readFileSync('/etc/hosts'); callback();"],
  },
  'lint.new-buffer': {
    found: ['new Buffer(email); callback();', 'Buffer(4); callback();'],
    fine: ['Buffer.from(email); callback();'],
  },
  'lint.pbkdf2-without-digest': {
    found: [
      "require('crypto').pbkdf2(password, 's', 1, 32, (err, key) => callback(err, key && { user_id: '1' }));",
      "require('crypto').pbkdf2Sync(password, 's', 1, 32); callback();",
    ],
    fine: [
      "require('crypto').pbkdf2(password, 's', 1, 32, 'sha1', (err, key) => callback(err, key && { user_id: '1' }));",
    ],
  },
  'lint.removed-crypto': {
    found: ["require('crypto').createDecipher('aes192', 'k'); callback();"],
    fine: ["require('crypto').createDecipheriv('aes192', 'k', 'i'); callback();"],
  },
} as const satisfies Readonly<Record<string, Case>>;
