function create(user, callback) {
  // Tables users and usermeta of WordPress, below WP_PREFIX ('wp_'). Hashes: $wp$2y$, phpass, bcrypt, old MD5.
  // Configuration: DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD, DB_TLS ('off' only in a private network),
  // DB_CA (PEM; empty for public authorities), WP_PREFIX; for create and change_password also WP_HASH ('bcrypt' or 'phpass').

  const crypto = require('crypto');
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

  const ITOA64 = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

  function md5(...parts) {
    const hash = crypto.createHash('md5');
    for (const part of parts) hash.update(part);
    return hash.digest();
  }

  // phpass writes 16 bytes least significant bits first, in an alphabet of its own.
  function encode64(bytes) {
    let text = '';
    for (let i = 0; i < bytes.length; i += 3) {
      const bits = bytes[i] | ((bytes[i + 1] || 0) << 8) | ((bytes[i + 2] || 0) << 16);
      for (let j = 0; j <= Math.min(3, bytes.length - i); j++) text += ITOA64[(bits >> (6 * j)) & 63];
    }
    return text;
  }

  // The setting is $P$, one letter for the number of rounds, and eight letters of salt.
  function phpass(text, setting) {
    const rounds = 2 ** ITOA64.indexOf(setting[3]);
    let digest = md5(setting.slice(4, 12), text);
    for (let round = 0; round < rounds; round++) digest = md5(digest, text);
    return setting.slice(0, 12) + encode64(digest);
  }

  // WordPress 6.8 and later: bcrypt over a keyed digest, so that long passwords count to their end.
  function prehash(text) {
    return crypto.createHmac('sha384', 'wp-sha384').update(text).digest('base64');
  }

  // As WordPress itself writes it, so that it can still log the user in: WP_HASH says which WordPress that is.
  async function hashPassword(text) {
    // WordPress takes white space and zero bytes off both ends of a new password.
    const trimmed = text.replace(/^[ \t\n\r\0\v]+|[ \t\n\r\0\v]+$/g, '');
    if (configuration.WP_HASH === 'phpass') return phpass(trimmed, `$P$B${encode64(crypto.randomBytes(6))}`);
    return `$wp${(await bcrypt.hash(prehash(trimmed), 10)).replace('$2b$', '$2y$')}`;
  }

  function userExists() {
    return new ValidationError('user_exists', 'A user with this e-mail address or username exists already.');
  }

  async function attempt() {
    const taken = (await findUser(user.email)) || (user.username ? await findUser(user.username) : null);
    if (taken) return userExists();
    const email = user.email.trim().toLowerCase();
    const login = user.username || email;
    const nicename = login
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 50);
    const { insertId } = await query(
      `INSERT INTO ${table('users')} (user_login, user_pass, user_nicename, user_email, user_url, user_registered,
         user_activation_key, user_status, display_name) VALUES (?, ?, ?, ?, '', utc_timestamp(), '', 0, ?)`,
      [login, await hashPassword(user.password), nicename, email, login],
    );
    // WordPress looks for the role under a key that starts with the table prefix.
    const meta = [
      [insertId, `${configuration.WP_PREFIX}capabilities`, 'a:1:{s:10:"subscriber";b:1;}'],
      [insertId, `${configuration.WP_PREFIX}user_level`, '0'],
      [insertId, 'first_name', user.given_name || ''],
      [insertId, 'last_name', user.family_name || ''],
    ];
    try {
      await query(`INSERT INTO ${table('usermeta')} (user_id, meta_key, meta_value) VALUES ?`, [meta]);
    } catch (error) {
      // A user without a role could not sign up again either.
      await query(`DELETE FROM ${table('users')} WHERE ID = ?`, [insertId]);
      throw error;
    }
    return null;
  }

  // One place calls back, once, whatever happened.
  attempt().then(
    (result) => (result instanceof Error ? callback(result) : callback(null, result)),
    (error) => {
      console.error('create failed:', error.code || error.name);
      callback(new Error('The user database did not answer as expected.'));
    },
  );
}
