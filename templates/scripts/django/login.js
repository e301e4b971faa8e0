function login(identifier, password, callback) {
  // Table auth_user of Django, and account_emailaddress of django-allauth for the verified flag. Hashes: pbkdf2_sha256,
  // pbkdf2_sha1, argon2, bcrypt_sha256, bcrypt, sha1. Configuration: DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD, DB_TLS ('off' only in a private network),
  // DB_CA (PEM; empty for public authorities).

  const crypto = require('crypto');
  const bcrypt = require('bcrypt');
  const argon2 = require('argon2');

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

  function toProfile(row) {
    const profile = {
      // Never change what this is made from: it is how the user is recognised for ever.
      user_id: String(row.id),
      email: row.email,
      email_verified: row.email_verified === true,
    };
    // A username that is an e-mail address is no username for Auth0.
    if (row.username && !row.username.includes('@')) profile.username = row.username;
    if (row.first_name) profile.given_name = row.first_name;
    if (row.last_name) profile.family_name = row.last_name;
    return profile;
  }

  function same(actual, expected) {
    return actual.length === expected.length && crypto.timingSafeEqual(actual, expected);
  }

  function pbkdf2(digest, salt, rounds, length) {
    return new Promise((resolve, reject) => {
      crypto.pbkdf2(password, salt, rounds, length, digest, (error, key) =>
        error ? reject(error) : resolve(key),
      );
    });
  }

  async function isRightPassword(row) {
    const hash = row.password_hash || '';
    const [scheme, ...parts] = hash.split('$');
    switch (scheme) {
      case 'pbkdf2_sha256':
      case 'pbkdf2_sha1': {
        const expected = Buffer.from(parts[2], 'base64');
        return same(await pbkdf2(scheme.slice(7), parts[1], Number(parts[0]), expected.length), expected);
      }
      case 'argon2':
        return argon2.verify(hash.slice('argon2'.length), password);
      case 'bcrypt_sha256': {
        // The digest's hex text is what bcrypt gets, so that long passwords count to their end.
        const digest = crypto.createHash('sha256').update(password).digest('hex');
        return bcrypt.compare(digest, hash.slice('bcrypt_sha256$'.length).replace('$2y$', '$2b$'));
      }
      case 'bcrypt':
        return bcrypt.compare(password, hash.slice('bcrypt$'.length).replace('$2y$', '$2b$'));
      case 'sha1':
        return same(
          crypto
            .createHash('sha1')
            .update(parts[0] + password)
            .digest(),
          Buffer.from(parts[1], 'hex'),
        );
      default:
        // Also "!…", which Django writes for users without a password.
        return false;
    }
  }

  async function attempt() {
    const row = await findUser(identifier);
    if (!row) return new WrongUsernameOrPasswordError(null, 'Unknown user.');
    const right = await isRightPassword(row);
    if (!right) return new WrongUsernameOrPasswordError(identifier, 'Wrong password.');
    return row.is_active !== true ? new UnauthorizedError('This account is locked.') : toProfile(row);
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
