function create(user, callback) {
  // Table dbo.users(id, email, email_verified bit, username, password_hash, first_name, last_name), bcrypt.
  // Configuration: DB_HOST (name.database.windows.net), DB_PORT, DB_NAME, DB_USER, DB_PASSWORD,
  // DB_CA (PEM; empty for Azure's public authorities).

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
          encrypt: true,
          trustServerCertificate: false,
          cryptoCredentialsDetails: configuration.DB_CA ? { ca: configuration.DB_CA } : {},
          connectTimeout: 5000,
          cancelTimeout: 2000,
          requestTimeout: 4000,
          // A database that was paused, or is moving, says so at login and is there a moment later.
          maxRetriesOnTransientErrors: 2,
          connectionRetryInterval: 1000,
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

  function hashPassword(text) {
    return bcrypt.hash(text, 10);
  }

  function userExists() {
    return new ValidationError('user_exists', 'A user with this e-mail address or username exists already.');
  }

  function isDuplicate(error) {
    return error.number === 2601 || error.number === 2627;
  }

  async function attempt() {
    const taken = (await findUser(user.email)) || (user.username ? await findUser(user.username) : null);
    if (taken) return userExists();
    try {
      await query(
        `INSERT INTO dbo.users (email, email_verified, username, password_hash, first_name, last_name)
         VALUES (@email, 0, @username, @hash, @first, @last)`,
        [
          ['email', TYPES.NVarChar, user.email.trim().toLowerCase()],
          ['username', TYPES.NVarChar, user.username || null],
          ['hash', TYPES.NVarChar, await hashPassword(user.password)],
          ['first', TYPES.NVarChar, user.given_name || null],
          ['last', TYPES.NVarChar, user.family_name || null],
        ],
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
