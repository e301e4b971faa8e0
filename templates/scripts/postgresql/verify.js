function verify(email, callback) {
  // Table users(id, email, email_verified boolean, username, password_hash, first_name, last_name), bcrypt.
  // Configuration: DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD, DB_TLS ('off' only in a private network),
  // DB_CA (PEM; empty for public authorities).

  // Calls in the same container share one pool.
  function pool() {
    if (!global.legacyPool) {
      const { Pool } = require('pg');
      global.legacyPool = new Pool({
        host: configuration.DB_HOST,
        port: Number(configuration.DB_PORT),
        database: configuration.DB_NAME,
        user: configuration.DB_USER,
        password: configuration.DB_PASSWORD,
        ssl: configuration.DB_TLS === 'off' ? false : { ca: configuration.DB_CA || undefined },
        max: 4,
        connectionTimeoutMillis: 5000,
        query_timeout: 4000,
      });
      // Without a listener, an idle connection that breaks would end the container.
      global.legacyPool.on('error', (error) => console.error('idle connection lost:', error.code));
    }
    return global.legacyPool;
  }

  // A connection goes back to the pool when its statement is done, or away when it failed.
  function query(sql, values) {
    return pool().query(sql, values);
  }

  // The same lookup in all scripts: where they differ, users are duplicated.
  async function findUser(identifierOrEmail) {
    const wanted = identifierOrEmail.trim().toLowerCase();
    const { rows } = await query(
      `SELECT id, email, email_verified, username, password_hash, first_name, last_name
         FROM users
        WHERE lower(email) = $1 OR lower(username) = $1
        ORDER BY id`,
      [wanted],
    );
    // Collations can find more than equal texts, so rows are compared once more. Addresses count before usernames.
    const equals = (value) => String(value || '').toLowerCase() === wanted;
    return rows.find((row) => equals(row.email)) || rows.find((row) => equals(row.username)) || null;
  }

  async function attempt() {
    const row = await findUser(email);
    if (!row) return false;
    const { rowCount } = await query('UPDATE users SET email_verified = true WHERE id = $1', [row.id]);
    return rowCount > 0;
  }

  // One place calls back, once, whatever happened.
  attempt().then(
    (result) => (result instanceof Error ? callback(result) : callback(null, result)),
    (error) => {
      console.error('verify failed:', error.code || error.name);
      callback(new Error('The user database did not answer as expected.'));
    },
  );
}
