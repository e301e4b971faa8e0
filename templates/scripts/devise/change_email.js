function changeEmail(email, newEmail, verified, callback) {
  // Table users of a Rails application with Devise (database_authenticatable, confirmable); README.md has the columns.
  // Configuration: DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD, DB_TLS ('off' only in a private network),
  // DB_CA (PEM; empty for public authorities),
  // DEVISE_PEPPER (empty where config.pepper is not set).

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
      `SELECT id, email, encrypted_password AS password_hash, confirmed_at, first_name, last_name
         FROM users
        WHERE lower(email) = $1
        ORDER BY id`,
      [wanted],
    );
    // Collations can find more than equal texts, so rows are compared once more.
    return rows.find((row) => String(row.email || '').toLowerCase() === wanted) || null;
  }

  function userExists() {
    return new ValidationError('user_exists', 'A user with this e-mail address or username exists already.');
  }

  function isDuplicate(error) {
    return error.code === '23505';
  }

  async function attempt() {
    const row = await findUser(email);
    if (!row) return false;
    const other = await findUser(newEmail);
    if (other && String(other.id) !== String(row.id)) return userExists();
    try {
      const { rowCount } = await query(
        `UPDATE users
            SET email = $1, confirmed_at = CASE WHEN $2::boolean THEN now() AT TIME ZONE 'utc' END,
                updated_at = now() AT TIME ZONE 'utc'
          WHERE id = $3`,
        [newEmail.trim().toLowerCase(), verified === true, row.id],
      );
      return rowCount > 0;
    } catch (error) {
      if (isDuplicate(error)) return userExists();
      throw error;
    }
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
