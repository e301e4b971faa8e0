function login(identifier, password, callback) {
  // Table dbo.AspNetUsers of ASP.NET Identity 2 or ASP.NET Core Identity. Password hashes of version 2 and 3.
  // Configuration: DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD, DB_TLS ('off' only in a private network),
  // DB_CA (PEM; empty for public authorities);
  // IDENTITY_VERSION ('2' for ASP.NET Identity 2, '3' for Core) for the scripts that write.

  const { Connection, Request, TYPES } = require('tedious');
  const crypto = require('crypto');

  function connect() {
    return new Promise((resolve, reject) => {
      const connection = new Connection({
        server: configuration.DB_HOST,
        authentication: {
          type: 'default',
          options: { userName: configuration.DB_USER, password: configuration.DB_PASSWORD },
        },
        options: {
          port: Number(configuration.DB_PORT),
          database: configuration.DB_NAME,
          encrypt: configuration.DB_TLS !== 'off',
          trustServerCertificate: false,
          cryptoCredentialsDetails: configuration.DB_CA ? { ca: configuration.DB_CA } : {},
          connectTimeout: 5000,
          cancelTimeout: 2000,
          requestTimeout: 4000,
          rowCollectionOnRequestCompletion: true,
        },
      });
      // A request that is under way learns of a broken connection by itself; an idle one is forgotten.
      connection.on('error', () => {});
      connection.on('end', () => {
        global.legacyIdle = global.legacyIdle.filter((other) => other !== connection);
      });
      connection.connect((error) => {
        if (!error) return resolve(connection);
        connection.close();
        reject(error);
      });
    });
  }

  // tedious has no pool: connections that are not in use wait in `global` for the next call, four at most.
  async function query(sql, parameters) {
    if (!global.legacyIdle) global.legacyIdle = [];
    const connection = global.legacyIdle.pop() || (await connect());
    return new Promise((resolve, reject) => {
      const request = new Request(sql, (error, rowCount, rows) => {
        if (error || global.legacyIdle.length >= 4) connection.close();
        else global.legacyIdle.push(connection);
        if (error) return reject(error);
        const toObject = (columns) =>
          Object.fromEntries(columns.map((one) => [one.metadata.colName, one.value]));
        resolve({ rowCount, rows: rows.map(toObject) });
      });
      for (const [name, type, value] of parameters) request.addParameter(name, type, value);
      connection.execSql(request);
    });
  }

  // The same lookup in all scripts: where they differ, users are duplicated.
  async function findUser(identifierOrEmail) {
    const wanted = identifierOrEmail.trim().toLowerCase();
    const { rows } = await query(
      `SELECT Id AS id, UserName AS username, Email AS email, EmailConfirmed AS email_verified,
              PasswordHash AS password_hash
         FROM dbo.AspNetUsers
        WHERE lower(Email) = @identifier OR lower(UserName) = @identifier
        ORDER BY Id`,
      [['identifier', TYPES.NVarChar, wanted]],
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
    return profile;
  }

  function derive(text, salt, rounds, length, digest) {
    return new Promise((resolve, reject) => {
      crypto.pbkdf2(text, salt, rounds, length, digest, (error, key) =>
        error ? reject(error) : resolve(key),
      );
    });
  }

  async function isRightPassword(row) {
    const bytes = Buffer.from(row.password_hash || '', 'base64');
    // Version 2: a zero byte, 16 bytes of salt, 32 bytes of key.
    if (bytes[0] === 0 && bytes.length === 49) {
      const key = await derive(password, bytes.subarray(1, 17), 1000, 32, 'sha1');
      return crypto.timingSafeEqual(key, bytes.subarray(17));
    }
    // Version 3: a one, then digest, rounds and length of the salt as big-endian numbers, salt, key.
    if (bytes[0] !== 1 || bytes.length < 13 + 16 + 16) return false;
    const digest = ['sha1', 'sha256', 'sha512'][bytes.readUInt32BE(1)];
    const end = 13 + bytes.readUInt32BE(9);
    const expected = bytes.subarray(end);
    if (!digest || expected.length < 16) return false;
    const key = await derive(
      password,
      bytes.subarray(13, end),
      bytes.readUInt32BE(5),
      expected.length,
      digest,
    );
    return crypto.timingSafeEqual(key, expected);
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
