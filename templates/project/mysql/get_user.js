function getUser(email, callback) {
  // Calls in the same container share one pool.
  if (!global.legacyPool) {
    const mysql = require('mysql2/promise');
    global.legacyPool = mysql.createPool({
      host: configuration.DB_HOST,
      port: Number(configuration.DB_PORT),
      database: configuration.DB_NAME,
      user: configuration.DB_USER,
      password: configuration.DB_PASSWORD,
      ssl: configuration.DB_TLS === 'on' ? {} : undefined,
      connectionLimit: 4,
      connectTimeout: 5000,
    });
  }

  async function findUser(value) {
    const sql = `
      SELECT id, email, email_verified, first_name, last_name
        FROM users
       WHERE lower(email) = ?`;
    const [rows] = await global.legacyPool.execute({ sql, timeout: 10000 }, [value]);
    return rows[0] || null;
  }

  function toProfile(row) {
    return {
      // Never change what this is made from: it is how the user is recognised for ever.
      user_id: String(row.id),
      email: row.email,
      email_verified: Number(row.email_verified) === 1,
      given_name: row.first_name || undefined,
      family_name: row.last_name || undefined,
    };
  }

  // One place calls back, once, whatever happened.
  findUser(email.trim().toLowerCase()).then(
    (row) => (row ? callback(null, toProfile(row)) : callback(null)),
    (error) => {
      console.error('lookup failed:', error.code || error.name);
      callback(new Error('The user database cannot be reached.'));
    },
  );
}
