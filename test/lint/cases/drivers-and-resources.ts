import type { Case } from './case.ts';

export const DRIVERS_AND_RESOURCES = {
  'lint.pg-connect': {
    found: ["const pg = require('pg'); pg.connect(configuration.URL, (err) => callback(err));"],
    fine: [
      "const { Pool } = require('pg'); global.p ||= new Pool({ connectionTimeoutMillis: 9 }); global.p.connect((err, c, done) => { done(); callback(err); });",
    ],
  },
  'lint.mysql-as-function': {
    found: ["const mysql = require('mysql'); mysql({ host: configuration.H }).query('x', callback);"],
    fine: [
      "const mysql = require('mysql'); const c = mysql.createConnection({ host: configuration.H }); c.end(); callback();",
    ],
  },
  'lint.mongodb-callback': {
    found: [
      "const { MongoClient } = require('mongodb'); const c = new MongoClient(configuration.U, { serverSelectionTimeoutMS: 9 }); c.connect((err) => { c.close(); callback(err); });",
    ],
    fine: [
      "const { MongoClient } = require('mongodb@4.17.2'); const c = new MongoClient(configuration.U, { serverSelectionTimeoutMS: 9 }); c.connect((err) => { c.close(); callback(err); });",
    ],
  },
  'lint.mongodb-removed-method': {
    slot: 'create',
    found: [
      "const { MongoClient } = require('mongodb'); global.c ||= new MongoClient(configuration.U, { serverSelectionTimeoutMS: 9 }); global.c.db().collection('u').insert({ email: user.email }).then(() => callback(null), callback);",
    ],
    fine: [
      "const { MongoClient } = require('mongodb'); global.c ||= new MongoClient(configuration.U, { serverSelectionTimeoutMS: 9 }); global.c.db().collection('u').insertOne({ email: user.email }).then(() => callback(null), callback);",
    ],
  },
  'lint.mongo-result-as-number': {
    slot: 'verify',
    found: [
      "require('mongodb@3.7.4'); global.c ||= 1; global.c.updateOne({ email }, { $set: { v: 1 } }, (err, n) => callback(err, n > 0));",
    ],
    fine: [
      "require('mongodb@3.7.4'); global.c ||= 1; global.c.updateOne({ email }, { $set: { v: 1 } }, (err, n) => callback(err, n.modifiedCount > 0));",
    ],
  },
  'lint.mongo-id-as-text': {
    slot: 'delete',
    found: [
      "require('mongodb'); global.c ||= 1; global.c.deleteOne({ _id: id }).then(() => callback(null), callback);",
    ],
    fine: [
      "const { ObjectId } = require('mongodb'); global.c ||= 1; global.c.deleteOne({ _id: new ObjectId(id) }).then(() => callback(null), callback);",
    ],
  },
  'lint.tedious-old-configuration': {
    found: [
      "const { Connection } = require('tedious'); const c = new Connection({ server: configuration.S, userName: 'x', options: {} }); c.connect(() => { c.close(); callback(null); });",
    ],
    fine: [
      "const { Connection } = require('tedious'); const c = new Connection({ server: configuration.S, authentication: { type: 'default', options: { userName: 'x' } } }); c.connect(() => { c.close(); callback(null); });",
    ],
  },
  'lint.tedious-no-connect': {
    found: [
      "const { Connection } = require('tedious'); const c = new Connection({}); c.on('connect', () => { c.close(); callback(null); });",
    ],
    fine: [
      "const { Connection } = require('tedious'); const c = new Connection({}); c.on('connect', () => { c.close(); callback(null); }); c.connect();",
    ],
  },
  'lint.tedious-port-text': {
    found: [
      "const { Connection } = require('tedious'); const c = new Connection({ options: { port: configuration.PORT } }); c.connect(() => { c.close(); callback(null); });",
    ],
    fine: [
      "const { Connection } = require('tedious'); const c = new Connection({ options: { port: Number(configuration.PORT) } }); c.connect(() => { c.close(); callback(null); });",
    ],
  },
  'lint.tedious-rows-empty': {
    found: [
      "const { Request } = require('tedious'); new Request('x', (err, n, rows) => callback(err, rows.length ? { user_id: '1' } : null));",
    ],
    fine: [
      "const { Request } = require('tedious'); const o = { rowCollectionOnRequestCompletion: true }; new Request('x', (err, n, rows) => callback(err, rows.length ? { user_id: o.id } : null));",
    ],
  },
  'lint.tedious-column-names': {
    found: [
      "const { Request } = require('tedious'); let id; const r = new Request('x', (err) => callback(err, id && { user_id: id })); r.on('row', (row) => { id = row.Id.value; });",
    ],
    fine: [
      "const { Request } = require('tedious'); let id; const r = new Request('x', (err) => callback(err, id && { user_id: id })); r.on('row', (row) => { id = row[0].value; });",
    ],
  },
  'lint.sql-dialect': {
    found: [
      "require('mssql'); global.p ||= 1; global.p.query('SELECT id FROM t WHERE ok = true').then(() => callback(null), callback);",
    ],
    fine: [
      "require('pg'); global.p ||= 1; global.p.query('SELECT id FROM t WHERE ok = true').then(() => callback(null), callback);",
    ],
  },
  'lint.update-result-length': {
    slot: 'verify',
    found: [
      "global.p ||= 1; global.p.query('UPDATE t SET v = 1 WHERE e = ?', [email], (err, r) => callback(err, r.length > 0));",
    ],
    fine: [
      "global.p ||= 1; global.p.query('SELECT id FROM t WHERE e = ?', [email], (err, r) => callback(err, r.length > 0));",
      "global.p ||= 1; global.p.query('UPDATE t SET v = 1 WHERE e = $1 RETURNING id', [email], (err, { rows }) => callback(err, rows.length > 0));",
    ],
  },
  'lint.no-timeout': {
    found: [
      "require('axios').get(configuration.URL).then(() => callback(null), callback);",
      "fetch(configuration.URL).then((r) => callback(null, r.ok ? { user_id: '1' } : null), callback);",
      "const { Pool } = require('pg'); global.p ||= new Pool({ host: configuration.H }); callback();",
    ],
    fine: [
      "require('axios').get(configuration.URL, { timeout: 9 }).then(() => callback(null), callback);",
      "const options = { signal: AbortSignal.timeout(9) }; fetch(configuration.URL, options).then((r) => callback(null, r.ok ? { user_id: '1' } : null), callback);",
      "const { Pool } = require('pg'); global.p ||= new Pool({ ...configuration, max: 2 }); callback();",
    ],
  },
  'lint.timeout-too-long': {
    found: [
      "require('axios').get(configuration.URL, { timeout: 30000 }).then(() => callback(null), callback);",
    ],
    fine: [
      "require('axios').get(configuration.URL, { timeout: 9000, keepAliveTimeout: 60000 }).then(() => callback(null), callback);",
    ],
  },
  'script.sync-hashing': {
    found: ["callback(null, require('bcrypt').compareSync(password, email) ? { user_id: '1' } : null);"],
    fine: [
      "require('bcrypt').compare(password, email, (err, same) => callback(err, same ? { user_id: '1' } : null));",
    ],
  },
  'script.connection-left-open': {
    found: ["const c = require('mysql').createConnection(configuration.U); c.query('x', callback);"],
    fine: [
      "const c = require('mysql').createConnection(configuration.U); c.query('x', (err) => { c.destroy(); callback(err); });",
    ],
  },
  'lint.global-without-guard': {
    found: ['global.started = Math.floor(1); callback();'],
    fine: [
      'if (!global.started) global.started = 1; callback();',
      'global.started = global.started || 1; callback();',
      'global.started ??= 1; callback();',
      'const kept = global.started; if (!kept) global.started = 1; callback();',
    ],
  },
  'lint.global-assumed': {
    found: ['global.pool.query(email, callback);'],
    fine: [
      'if (!global.pool) return callback(new Error("no")); global.pool.query(email, callback);',
      'global.setTimeout(callback, 1);',
    ],
  },
  'script.user-data-in-global': {
    found: [
      'global.last = email; callback();',
      'global.seen = global.seen || {}; global.seen[email.trim()] = true; callback();',
      'const find = async (e) => e; find(email).then((u) => { global.user = u; callback(null); }, callback);',
    ],
    fine: ['if (!global.token) global.token = { until: Date.now() }; callback(null, { user_id: email });'],
  },
  'lint.configuration-undefined': {
    input: { configurationNames: ['DB_HOST'] },
    found: ['callback(null, { user_id: configuration.DB_HOTS });'],
    fine: ['callback(null, { user_id: configuration.DB_HOST });'],
  },
  'lint.configuration-unused': { found: [], fine: [] },
  'lint.configuration-boolean': {
    found: ['if (configuration.DEBUG_ON === true) return callback(); callback();'],
    fine: [
      "if (configuration.DEBUG_ON === 'true') return callback(); callback();",
      'if (configuration.PORT == 5432) return callback(); callback();',
    ],
  },
  'lint.configuration-truthy': {
    found: ['if (configuration.USE_TLS) return callback(); callback();'],
    fine: ['if (configuration.API_URL) return callback(); callback();'],
  },
  'lint.configuration-written': {
    found: ['configuration.CACHE = 1; callback();', 'Object.assign(configuration, { a: 1 }); callback();'],
    fine: ['const copy = { ...configuration }; copy.a = 1; callback();'],
  },
  'lint.configuration-logged': {
    found: [
      'console.log(configuration); callback();',
      'console.error(`key ${configuration.KEY}`); callback();',
    ],
    fine: ['console.log("configuration"); callback();'],
  },
  'lint.password-logged': {
    found: ['console.log("login", { email, password }); callback();', 'console.log(arguments); callback();'],
    fine: ['console.log("password", typeof password, password.length); callback();'],
  },
  'lint.identity-logged': {
    found: [
      'console.log("login of", email); callback();',
      'console.log(JSON.stringify({ email })); callback();',
    ],
    fine: ['console.log("login of somebody"); callback();'],
  },
} as const satisfies Readonly<Record<string, Case>>;
