function create(user, callback) {
  // Table firebase_users as exported by the Firebase command line, loaded into PostgreSQL; README.md has its columns.
  // Configuration: DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD, DB_TLS ('off' only in a private network),
  // DB_CA (PEM; empty for public authorities),
  // FIREBASE_SIGNER_KEY, FIREBASE_SALT_SEPARATOR, FIREBASE_ROUNDS, FIREBASE_MEM_COST (the project's password hash parameters).

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
      `SELECT local_id AS id, email, email_verified, password_hash, salt, display_name, photo_url, disabled
         FROM firebase_users
        WHERE lower(email) = $1
        ORDER BY local_id`,
      [wanted],
    );
    // Collations can find more than equal texts, so rows are compared once more.
    return rows.find((row) => String(row.email || '').toLowerCase() === wanted) || null;
  }

  // Firebase: scrypt over the password gives a key, and that key encrypts the project's signer key.
  function firebaseHash(text, salt) {
    const separator = Buffer.from(configuration.FIREBASE_SALT_SEPARATOR, 'base64');
    const [N, r] = [2 ** Number(configuration.FIREBASE_MEM_COST), Number(configuration.FIREBASE_ROUNDS)];
    const signer = Buffer.from(configuration.FIREBASE_SIGNER_KEY, 'base64');
    return new Promise((resolve, reject) => {
      const salted = Buffer.concat([Buffer.from(salt, 'base64'), separator]);
      crypto.scrypt(text, salted, 32, { N, r, p: 1, maxmem: 256 * N * r }, (error, key) => {
        if (error) return reject(error);
        const cipher = crypto.createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
        resolve(Buffer.concat([cipher.update(signer), cipher.final()]));
      });
    });
  }

  async function hashPassword(text) {
    const salt = crypto.randomBytes(10).toString('base64');
    return { hash: (await firebaseHash(text, salt)).toString('base64'), salt };
  }

  function userExists() {
    return new ValidationError('user_exists', 'A user with this e-mail address or username exists already.');
  }

  function isDuplicate(error) {
    return error.code === '23505';
  }

  async function attempt() {
    const taken = await findUser(user.email);
    if (taken) return userExists();
    try {
      // Firebase ids are 28 letters and digits.
      const id = crypto
        .randomBytes(64)
        .toString('base64')
        .replace(/[^A-Za-z0-9]/g, '')
        .slice(0, 28);
      const { hash, salt } = await hashPassword(user.password);
      await query(
        `INSERT INTO firebase_users (local_id, email, email_verified, password_hash, salt, display_name, disabled)
         VALUES ($1, $2, false, $3, $4, $5, false)`,
        [id, user.email.trim().toLowerCase(), hash, salt, user.name || null],
      );
      return null;
    } catch (error) {
      // Somebody else can have signed up with the same address in the meantime.
      if (isDuplicate(error)) return userExists();
      throw error;
    }
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
