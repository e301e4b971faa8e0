import type { Case } from './case.ts';

export const SECURITY_AND_PROFILE = {
  'lint.secret-in-script': {
    found: [
      "const c = require('mysql').createConnection({ password: 'Tr0ub4dor', host: configuration.H }); c.end(); callback();",
      "const apiKey = 'k-12345678'; callback(null, { user_id: apiKey });",
      "const url = 'postgres://app:hunter2@db/app'; callback(null, { user_id: url });",
    ],
    fine: [
      "const fields = { password: 'password_hash' }; callback(null, { user_id: fields.id });",
      "const o = { client_secret: '##CLIENT_SECRET##' }; callback(null, { user_id: o.id });",
      "const dbPassword = configuration.PASSWORD || ''; callback(null, { user_id: dbPassword });",
    ],
  },
  'lint.connection-string-in-script': {
    found: ["const u = 'mongodb+srv://cluster.mailbox.example/app'; callback(null, { user_id: u });"],
    fine: ['callback(null, { user_id: `pg|${email}` });'],
  },
  'lint.host-in-script': {
    found: [
      "const c = require('mysql').createConnection({ host: 'db.acme.example' }); c.end(); callback();",
      "fetch('https://api.acme.example/x', { signal: AbortSignal.timeout(9) }).then((r) => callback(r.ok ? null : new Error('x')), callback);",
    ],
    fine: [
      "callback(null, { user_id: '1', user_metadata: { claim: 'https://acme.example/claims/role' } });",
      "const c = require('mysql').createConnection({ host: 'localhost' }); c.end(); callback();",
    ],
  },
  'script.sql-built': {
    found: [
      "global.p ||= 1; global.p.query(`SELECT id FROM t WHERE e = '${email}'`, callback);",
      'global.p ||= 1; const e = email.toLowerCase(); const q = "SELECT id FROM t WHERE e = \'" + e + "\'"; global.p.query(q, callback);',
      "global.p ||= 1; const find = (value) => global.p.query('SELECT id FROM t WHERE e = ' + value, callback); find(email.trim());",
    ],
    fine: [
      "global.p ||= 1; const table = 'people'; global.p.query(`SELECT id FROM ${table} WHERE e = ?`, [email], callback);",
      "global.p ||= 1; const m = require('mysql'); global.p.query('SELECT id FROM t WHERE e = ' + m.escape(email), callback);",
      "global.p ||= 1; global.p.query('SELECT id FROM t WHERE id = ' + Number(email), callback);",
      'console.log(`select a user from the list: ${email.length}`); callback();',
    ],
  },
  'lint.ldap-filter-built': {
    found: [
      "require('ldapjs'); global.c ||= 1; global.c.search('o=x', { filter: `(mail=${email})` }, callback);",
    ],
    fine: [
      "require('ldapjs'); global.c ||= 1; global.c.search('o=x', { filter: `(objectClass=${configuration.CLASS})` }, callback);",
    ],
  },
  'lint.url-not-encoded': {
    slot: 'get_user',
    found: [
      "fetch(`${configuration.API}/users/${email}`, { signal: AbortSignal.timeout(9) }).then((r) => callback(r.ok ? null : new Error('x')), callback);",
      "const url = configuration.API + '/users?email=' + email; fetch(url, { signal: AbortSignal.timeout(9) }).then((r) => callback(r.ok ? null : new Error('x')), callback);",
    ],
    fine: [
      "fetch(`${configuration.API}/users/${encodeURIComponent(email)}`, { signal: AbortSignal.timeout(9) }).then((r) => callback(r.ok ? null : new Error('x')), callback);",
    ],
  },
  'lint.weak-hash': {
    slot: 'change_password',
    found: [
      "const h = require('crypto').createHash('md5').update(newPassword).digest('hex'); global.p ||= 1; global.p.query('UPDATE t SET h = ?', [h], (err) => callback(err, true));",
      "require('bcrypt').hash(newPassword, 4, (err) => callback(err, true));",
    ],
    fine: [
      "require('bcrypt').hash(newPassword, 12, (err) => callback(err, true));",
      "const etag = require('crypto').createHash('md5').update(email).digest('hex'); callback(null, etag.length > 0);",
    ],
  },
  'lint.hash-compared-plainly': {
    found: [
      "const h = require('crypto').createHash('sha1').update(password).digest('hex'); callback(null, h === email ? { user_id: '1' } : null);",
      "const row = global.row || {}; callback(null, row.password === password ? { user_id: '1' } : null);",
    ],
    fine: [
      "const h = require('crypto').createHash('sha1').update(password).digest(); callback(null, h.length === 20 && require('crypto').timingSafeEqual(h, Buffer.from(email)) ? { user_id: '1' } : null);",
      "if (password === '') return callback(new WrongUsernameOrPasswordError(email)); callback();",
    ],
  },
  'lint.http-target': {
    found: [
      "fetch('http://api.acme.example/login', { signal: AbortSignal.timeout(9) }).then((r) => callback(r.ok ? null : new Error('x')), callback);",
    ],
    fine: [
      "fetch('http://localhost:3000/login', { signal: AbortSignal.timeout(9) }).then((r) => callback(r.ok ? null : new Error('x')), callback);",
      "callback(null, { user_id: '1', 'http://schemas.acme.example/role': 'x' });",
    ],
  },
  'script.tls-not-verified': {
    found: [
      'const o = { ssl: { rejectUnauthorized: false } }; callback(null, { user_id: o.id });',
      "process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'; callback();",
    ],
    fine: ['const o = { ssl: { rejectUnauthorized: true } }; callback(null, { user_id: o.id });'],
  },
  'lint.tls-off': {
    found: ["require('mssql'); const o = { encrypt: false }; callback(null, { user_id: o.id });"],
    fine: ["require('mssql'); const o = { encrypt: true }; callback(null, { user_id: o.id });"],
  },
  'lint.delete-in-read-slot': {
    found: ["global.p ||= 1; global.p.query('DELETE FROM t WHERE e = ?', [email], (err) => callback(err));"],
    fine: [
      "global.p ||= 1; global.p.query('UPDATE t SET migrated = 1 WHERE e = ?', [email], (err) => callback(err));",
      'const m = new Map(); m.delete(email); callback();',
    ],
  },
  'profile.user-id-missing': {
    found: [
      'callback(null, { email });',
      'const toProfile = () => ({ email, name: email }); callback(null, toProfile());',
    ],
    fine: [
      'const p = { email }; p.user_id = email.length; callback(null, p);',
      'callback(null, { ...email });',
      'callback(null, { id: email.length });',
    ],
  },
  'state.user-id-unstable': {
    found: [
      'callback(null, { user_id: `u${Date.now()}` });',
      "const { v4: uuid } = require('uuid'); const id = uuid(); callback(null, { user_id: id });",
    ],
    fine: [
      'callback(null, { user_id: String(email.length), user_metadata: { at: Date.now() } });',
      "const { v5 } = require('uuid'); callback(null, { user_id: v5(email, 'ns') });",
    ],
  },
  'profile.user-id-prefixed': {
    found: ["callback(null, { user_id: 'auth0|' + email.length });"],
    fine: ["callback(null, { user_id: 'crm|' + email.length });"],
  },
  'lint.user-id-from-email': {
    found: ['callback(null, { user_id: email });'],
    fine: ['callback(null, { user_id: String(email.length), email });'],
  },
  'profile.verified-not-boolean': {
    found: ["callback(null, { user_id: '1', email_verified: 1 });"],
    fine: ["callback(null, { user_id: '1', email_verified: true });"],
  },
  'profile.secret-returned': {
    found: [
      "callback(null, { user_id: '1', password_hash: email });",
      "global.p ||= 1; global.p.query('SELECT * FROM t WHERE e = ?', [email], (err, rows) => callback(err, rows[0]));",
    ],
    fine: [
      "callback(null, { user_id: '1', access_token: email, last_password_reset: email });",
      "global.p ||= 1; global.p.query('SELECT id AS user_id, email FROM t WHERE e = ?', [email], (err, rows) => (err ? callback(err) : callback(null, rows[0])));",
    ],
  },
  'profile.both-metadata-names': {
    found: ["callback(null, { user_id: '1', metadata: {}, app_metadata: {} });"],
    fine: ["callback(null, { user_id: '1', metadata: {} });"],
  },
  'profile.metadata-name-open': {
    found: ["callback(null, { user_id: '1', metadata: {} });"],
    fine: ["callback(null, { user_id: '1', app_metadata: {} });"],
  },
  'profile.app-metadata-forbidden': {
    found: ["callback(null, { user_id: '1', app_metadata: { blocked: true } });"],
    fine: ["callback(null, { user_id: '1', user_metadata: { blocked: true }, app_metadata: { plan: 1 } });"],
  },
  'profile.metadata-key-illegal': {
    found: ["callback(null, { user_id: '1', user_metadata: { 'a.b': 1 } });"],
    fine: ["callback(null, { user_id: '1', user_metadata: { ab: 1 } });"],
  },
  'profile.username-missing': {
    input: { requiresUsername: true },
    found: ["callback(null, { user_id: '1', email });"],
    fine: ["callback(null, { user_id: '1', username: email });"],
  },
  'lint.username-not-looked-up': {
    input: { requiresUsername: true },
    found: [
      "global.p ||= 1; global.p.query('SELECT id FROM t WHERE email = ?', [email], (err) => callback(err));",
    ],
    fine: [
      "global.p ||= 1; global.p.query('SELECT id FROM t WHERE email = ? OR user_name = ?', [email, email], (err) => callback(err));",
    ],
  },
} as const satisfies Readonly<Record<string, Case>>;
