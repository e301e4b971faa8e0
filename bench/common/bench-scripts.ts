/** Login scripts that do as little as there is to do, each in a way of its own. */
export const NOTHING = 'function login(user, password, callback) { callback(null, { user_id: user }); }';
export const POOLED = `function login(user, password, callback) {
  const { Pool } = require('pg');
  global.pool = global.pool || new Pool({ ...JSON.parse(configuration.DB), max: 4 });
  global.pool.query('SELECT id, name FROM users WHERE email = $1', [user], (error, result) => {
    if (error) return callback(error);
    callback(null, { user_id: String(result.rows[0].id), name: result.rows[0].name });
  });
}`;
export const PER_CALL = `function login(user, password, callback) {
  const { Client } = require('pg');
  const client = new Client(JSON.parse(configuration.DB));
  client.connect((error) => {
    if (error) return callback(error);
    client.query('SELECT id, name FROM users WHERE email = $1', [user], (failed, result) => {
      client.end(() => {
        if (failed) return callback(failed);
        callback(null, { user_id: String(result.rows[0].id), name: result.rows[0].name });
      });
    });
  });
}`;
export const ALL_MODULES = `function login(user, password, callback) {
  for (const name of ['pg', 'mysql', 'mysql2', 'tedious', 'mssql', 'mongodb', 'bcrypt', 'bcryptjs', 'argon2', 'request',
    'axios', 'node-fetch', 'lodash', 'async', 'uuid', 'jsonwebtoken', 'ldapjs', 'redis', 'moment', 'qs', 'auth0'])
    require(name);
  callback(null, {});
}`;

/** The n-th of scripts with one driver that are all different, so that each of them needs an isolate of its own. */
export const oneDriver = (n: number): string =>
  `// ${n}\nfunction login(user, password, callback) { require('pg'); callback(null, { user_id: user }); }`;
