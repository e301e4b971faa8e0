function login(userNameOrEmail, password, callback) {
  const bcrypt = require('bcrypt');
  // Calls in the same container share one pool.
  if (!global.legacyPool) {
    const { Pool } = require('pg');
    global.legacyPool = new Pool({
      host: configuration.DB_HOST,
      port: Number(configuration.DB_PORT),
      database: configuration.DB_NAME,
      user: configuration.DB_USER,
      password: configuration.DB_PASSWORD,
      ssl: configuration.DB_TLS === 'on',
      max: 4,
      connectionTimeoutMillis: 5000,
      query_timeout: 10000,
    });
    // Without a listener, an idle connection that breaks would end the container.
    global.legacyPool.on('error', (error) => console.error('idle connection lost:', error.code));
  }

  async function findUser(value) {
    const { rows } = await global.legacyPool.query(
      `SELECT id, email, email_verified, password_hash, first_name, last_name
         FROM users
        WHERE lower(email) = $1`,
      [value],
    );
    return rows[0] || null;
  }

  function toProfile(row) {
    return {
      // Never change what this is made from: it is how the user is recognised for ever.
      user_id: String(row.id),
      email: row.email,
      email_verified: row.email_verified === true,
      given_name: row.first_name || undefined,
      family_name: row.last_name || undefined,
    };
  }

  async function attempt() {
    const row = await findUser(userNameOrEmail.trim().toLowerCase());
    if (!row) return new WrongUsernameOrPasswordError(null, 'Unknown user.');
    // bcrypt compares in constant time. PHP writes $2y$ for what everybody else calls $2b$.
    const hash = (row.password_hash || '').replace(/^\$2y\$/, '$2b$');
    const right = await bcrypt.compare(password, hash);
    return right ? toProfile(row) : new WrongUsernameOrPasswordError(userNameOrEmail, 'Wrong password.');
  }

  // One place calls back, once, whatever happened.
  attempt().then(
    (result) => (result instanceof Error ? callback(result) : callback(null, result)),
    (error) => {
      console.error('login failed:', error.code || error.name);
      callback(new Error('The user database cannot be reached.'));
    },
  );
}
