function changeEmail(email, newEmail, verified, callback) {
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

  // The same lookup in all scripts: where they differ, users are duplicated.
  async function findUser(identifierOrEmail) {
    const wanted = identifierOrEmail.trim().toLowerCase();
    const rows = await query(
      `SELECT u.ID AS id, u.user_email AS email, u.user_login AS username, u.user_pass AS password_hash,
              u.display_name, ${metaValue('first_name')} AS first_name, ${metaValue('last_name')} AS last_name,
              ${metaValue('email_verified')} AS email_verified
         FROM ${table('users')} u
        WHERE lower(u.user_email) = ? OR lower(u.user_login) = ?
        ORDER BY u.ID`,
      [wanted, wanted],
    );
    // Collations can find more than equal texts, so rows are compared once more. Addresses count before usernames.
    const equals = (value) => String(value || '').toLowerCase() === wanted;
    return rows.find((row) => equals(row.email)) || rows.find((row) => equals(row.username)) || null;
  }

  function userExists() {
    return new ValidationError('user_exists', 'A user with this e-mail address or username exists already.');
  }

  async function attempt() {
    const row = await findUser(email);
    if (!row) return false;
    const other = await findUser(newEmail);
    if (other && String(other.id) !== String(row.id)) return userExists();
    const meta = table('usermeta');
    const { affectedRows } = await query(`UPDATE ${table('users')} SET user_email = ? WHERE ID = ?`, [
      newEmail.trim().toLowerCase(),
      row.id,
    ]);
    await query(`DELETE FROM ${meta} WHERE user_id = ? AND meta_key = 'email_verified'`, [row.id]);
    await query(`INSERT INTO ${meta} (user_id, meta_key, meta_value) VALUES (?, 'email_verified', ?)`, [
      row.id,
      verified === true ? '1' : '0',
    ]);
    return affectedRows > 0;
  }

  // One place calls back, once, whatever happened.
  attempt().then(
    (result) => (result instanceof Error ? callback(result) : callback(null, result)),
    (error) => {
      console.error('change_email failed:', error.code || error.name);
      callback(new Error('The user database did not answer as expected.'));
    },
  );
}
