function changePassword(email, newPassword, callback) {
  // Table users(id, email, email_verified TINYINT(1), username, password_hash, first_name, last_name), bcrypt.
  // Configuration: DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD, DB_TLS ('off' only in a private network),
  // DB_CA (PEM; empty for public authorities).

  const bcrypt = require('bcrypt');

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

  // The same lookup in all scripts: where they differ, users are duplicated.
  async function findUser(identifierOrEmail) {
    const wanted = identifierOrEmail.trim().toLowerCase();
    const rows = await query(
      `SELECT id, email, email_verified, username, password_hash, first_name, last_name
         FROM users
        WHERE lower(email) = ? OR lower(username) = ?
        ORDER BY id`,
      [wanted, wanted],
    );
    // Collations can find more than equal texts, so rows are compared once more. Addresses count before usernames.
    const equals = (value) => String(value || '').toLowerCase() === wanted;
    return rows.find((row) => equals(row.email)) || rows.find((row) => equals(row.username)) || null;
  }

  function hashPassword(text) {
    return bcrypt.hash(text, 10);
  }

  async function attempt() {
    const row = await findUser(email);
    if (!row) return false;
    const hash = await hashPassword(newPassword);
    const { affectedRows } = await query('UPDATE users SET password_hash = ? WHERE id = ?', [hash, row.id]);
    return affectedRows > 0;
  }

  // One place calls back, once, whatever happened.
  attempt().then(
    (result) => (result instanceof Error ? callback(result) : callback(null, result)),
    (error) => {
      console.error('change_password failed:', error.code || error.name);
      callback(new Error('The user database did not answer as expected.'));
    },
  );
}
