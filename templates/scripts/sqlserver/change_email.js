function changeEmail(email, newEmail, verified, callback) {
  // Table dbo.users(id, email, email_verified bit, username, password_hash, first_name, last_name), bcrypt.
  // Configuration: DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD, DB_TLS ('off' only in a private network),
  // DB_CA (PEM; empty for public authorities).

  const { Connection, Request, TYPES } = require('tedious');

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

  function userExists() {
    return new ValidationError('user_exists', 'A user with this e-mail address or username exists already.');
  }

  function isDuplicate(error) {
    return error.number === 2601 || error.number === 2627;
  }

  async function attempt() {
    const row = await findUser(email);
    if (!row) return false;
    const other = await findUser(newEmail);
    if (other && String(other.id) !== String(row.id)) return userExists();
    try {
      const { rowCount } = await query(
        'UPDATE dbo.users SET email = @email, email_verified = @verified WHERE id = @id',
        [
          ['email', TYPES.NVarChar, newEmail.trim().toLowerCase()],
          ['verified', TYPES.Bit, verified === true],
          ['id', TYPES.BigInt, row.id],
        ],
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
