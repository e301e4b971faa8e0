function login(identifier, password, callback) {
  // Table users of a Rails application with Devise (database_authenticatable, confirmable); README.md has the columns.
  // Configuration: DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD, DB_TLS ('off' only in a private network),
  // DB_CA (PEM; empty for public authorities),
  // DEVISE_PEPPER (empty where config.pepper is not set).

  const bcrypt = require('bcrypt');

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

  function toProfile(row) {
    const profile = {
      // Never change what this is made from: it is how the user is recognised for ever.
      user_id: String(row.id),
      email: row.email,
      email_verified: row.confirmed_at !== null,
    };
    if (row.first_name) profile.given_name = row.first_name;
    if (row.last_name) profile.family_name = row.last_name;
    return profile;
  }

  async function isRightPassword(row) {
    // Devise puts the pepper after the password. bcrypt compares in constant time.
    const hash = (row.password_hash || '').replace(/^\$2y\$/, '$2b$');
    return bcrypt.compare(password + (configuration.DEVISE_PEPPER || ''), hash);
  }

  async function attempt() {
    const row = await findUser(identifier);
    if (!row) return new WrongUsernameOrPasswordError(null, 'Unknown user.');
    const right = await isRightPassword(row);
    return right ? toProfile(row) : new WrongUsernameOrPasswordError(identifier, 'Wrong password.');
  }

  // One place calls back, once, whatever happened.
  attempt().then(
    (result) => (result instanceof Error ? callback(result) : callback(null, result)),
    (error) => {
      console.error('login failed:', error.code || error.name);
      callback(new Error('The user database did not answer as expected.'));
    },
  );
}
