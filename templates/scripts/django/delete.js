function deleteUser(id, callback) {
  // Table auth_user of Django, and account_emailaddress of django-allauth for the verified flag. Hashes: pbkdf2_sha256,
  // pbkdf2_sha1, argon2, bcrypt_sha256, bcrypt, sha1. Configuration: DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD, DB_TLS ('off' only in a private network),
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

  async function attempt() {
    await query(
      `WITH addresses AS (DELETE FROM account_emailaddress WHERE user_id = $1)
       DELETE FROM auth_user WHERE id = $1`,
      [id],
    );
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
