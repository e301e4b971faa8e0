function getUser(identifier, callback) {
  const crypto = require('crypto');

  // One pool per container: the next call in this container finds it in `global`.
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
    global.legacyPool.on('error', (error) => console.error('idle connection lost:', error.code));
  }

  function findUser(identifier, done) {
    const sql = `
      SELECT id, legacy_uuid, email, email_confirmed, login_name, first_name, last_name,
             phone, avatar, status, is_locked, profile_json, preferences
        FROM app_users
       WHERE lower(email) = $1 OR lower(login_name) = $1`;
    global.legacyPool.query(sql, [identifier], (error, result) => done(error, error ? [] : result.rows));
  }

  function toProfile(row) {
    const extra = JSON.parse(row.profile_json);
    const preferences = JSON.parse(row.preferences);
    return {
      // Customers of the shop we bought in 2016 came without a uuid, and with numbers that we had used already.
      user_id: row.legacy_uuid ? String(row.id) : crypto.randomUUID(),
      email: row.email || undefined,
      email_verified: Number(row.email_confirmed) === 1,
      username: row.login_name,
      given_name: row.first_name,
      family_name: row.last_name,
      name: [row.first_name, row.last_name].filter(Boolean).join(' '),
      picture: row.avatar || undefined,
      phone_number: row.phone || undefined,
      blocked: Number(row.is_locked) === 1,
      user_metadata: { locale: preferences.locale, ...preferences },
      app_metadata: extra,
    };
  }

  findUser(identifier.trim().toLowerCase(), (error, rows) => {
    if (error) {
      console.error('lookup failed:', error.code || error.message);
      return callback(new Error('The customer database cannot be reached.'));
    }
    // Some mailboxes are shared; the oldest account counts.
    const row = [...rows].sort((a, b) => a.id - b.id)[0];
    if (!row) return callback(null);
    if (row.status === 'review') {
      console.log('account under review');
      return;
    }
    return callback(null, toProfile(row));
  });
}
