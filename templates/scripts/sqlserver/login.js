function login(identifier, password, callback) {
  // Table dbo.users(id, email, email_verified bit, username, password_hash, first_name, last_name), bcrypt.
  // Configuration: DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD, DB_TLS ('off' only in a private network),
  // DB_CA (PEM; empty for public authorities).

  const { Connection, Request, TYPES } = require('tedious');
  const bcrypt = require('bcrypt');

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
      `SELECT id, email, email_verified, username, password_hash, first_name, last_name
         FROM dbo.users
        WHERE lower(email) = @identifier OR lower(username) = @identifier
        ORDER BY id`,
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
    if (row.username) profile.username = row.username;
    if (row.first_name) profile.given_name = row.first_name;
    if (row.last_name) profile.family_name = row.last_name;
    return profile;
  }

  async function isRightPassword(row) {
    // PHP writes $2y$ for what everybody else calls $2b$. bcrypt compares in constant time.
    const hash = (row.password_hash || '').replace(/^\$2y\$/, '$2b$');
    return bcrypt.compare(password, hash);
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
