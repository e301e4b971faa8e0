function changePassword(email, newPassword, callback) {
  // Table auth_user of Django, and account_emailaddress of django-allauth for the verified flag. Hashes: pbkdf2_sha256,
  // pbkdf2_sha1, argon2, bcrypt_sha256, bcrypt, sha1. Configuration: DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD, DB_TLS ('off' only in a private network),
  // DB_CA (PEM; empty for public authorities).

  const crypto = require('crypto');

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
      `SELECT u.id, u.email, u.username, u.password AS password_hash, u.first_name, u.last_name, u.is_active,
              coalesce(a.verified, false) AS email_verified
         FROM auth_user u
         LEFT JOIN account_emailaddress a ON a.user_id = u.id AND lower(a.email) = lower(u.email)
        WHERE lower(u.email) = $1 OR lower(u.username) = $1
        ORDER BY u.id`,
      [wanted],
    );
    // Collations can find more than equal texts, so rows are compared once more. Addresses count before usernames.
    const equals = (value) => String(value || '').toLowerCase() === wanted;
    return rows.find((row) => equals(row.email)) || rows.find((row) => equals(row.username)) || null;
  }

  // As Django's default hasher writes it, so that the application can still log the user in.
  function hashPassword(text) {
    const rounds = 600000;
    const salt = crypto.randomBytes(16).toString('hex').slice(0, 22);
    return new Promise((resolve, reject) => {
      crypto.pbkdf2(text, salt, rounds, 32, 'sha256', (error, key) => {
        if (error) reject(error);
        else resolve(`pbkdf2_sha256$${rounds}$${salt}$${key.toString('base64')}`);
      });
    });
  }

  async function attempt() {
    const row = await findUser(email);
    if (!row) return false;
    const hash = await hashPassword(newPassword);
    const { rowCount } = await query('UPDATE auth_user SET password = $1 WHERE id = $2', [hash, row.id]);
    return rowCount > 0;
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
