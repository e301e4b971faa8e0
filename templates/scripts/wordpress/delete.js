function deleteUser(id, callback) {
  // Tables users and usermeta of WordPress, below WP_PREFIX ('wp_'). Hashes: $wp$2y$, phpass, bcrypt, old MD5.
  // Configuration: DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD, DB_TLS ('off' only in a private network),
  // DB_CA (PEM; empty for public authorities), WP_PREFIX; for create and change_password also WP_HASH ('bcrypt' or 'phpass').

  // Calls in the same container share one pool.
  function pool() {
    if (!global.legacyPool) {
      const mysql = require('mysql2');
      global.legacyPool = mysql.createPool({
        host: configuration.DB_HOST,
        port: Number(configuration.DB_PORT),
        database: configuration.DB_NAME,
        user: configuration.DB_USER,
        password: configuration.DB_PASSWORD,
        ssl:
          configuration.DB_TLS === 'off'
            ? undefined
            : { ca: configuration.DB_CA || undefined, verifyIdentity: true },
        charset: 'utf8mb4_bin',
        supportBigNumbers: true,
        connectionLimit: 4,
        connectTimeout: 5000,
      });
    }
    return global.legacyPool;
  }

  // The driver does not limit the wait for a free connection, so a statement has one limit for everything.
  function query(sql, values) {
    return new Promise((resolve, reject) => {
      let late = false;
      const limit = setTimeout(() => {
        late = true;
        reject(Object.assign(new Error('no free connection in time'), { code: 'POOL_TIMEOUT' }));
      }, 6000);
      pool().getConnection((connectError, connection) => {
        clearTimeout(limit);
        if (connectError) return reject(connectError);
        if (late) return connection.release();
        connection.query({ sql, values, timeout: 4000 }, (error, result) => {
          // After a time-out the answer may still come, so nobody else must get this connection.
          if (error && (error.fatal || error.code === 'PROTOCOL_SEQUENCE_TIMEOUT')) connection.destroy();
          else connection.release();
          if (error) reject(error);
          else resolve(result);
        });
      });
    });
  }

  // A table prefix cannot be a parameter, so only harmless ones are let through.
  function table(name) {
    const prefix = configuration.WP_PREFIX;
    if (!/^[A-Za-z0-9_]{1,30}$/.test(prefix)) {
      throw Object.assign(new Error('not a table prefix'), { code: 'WP_PREFIX' });
    }
    return `\`${prefix}${name}\``;
  }

  function metaValue(key) {
    return `(SELECT m.meta_value FROM ${table('usermeta')} m WHERE m.user_id = u.ID AND m.meta_key = '${key}' LIMIT 1)`;
  }

  async function attempt() {
    await query(`DELETE FROM ${table('usermeta')} WHERE user_id = ?`, [id]);
    await query(`DELETE FROM ${table('users')} WHERE ID = ?`, [id]);
    // Somebody who is gone already is as deleted as somebody deleted now.
    return null;
  }

  // One place calls back, once, whatever happened.
  attempt().then(
    (result) => (result instanceof Error ? callback(result) : callback(null, result)),
    (error) => {
      console.error('delete failed:', error.code || error.name);
      callback(new Error('The user database did not answer as expected.'));
    },
  );
}
