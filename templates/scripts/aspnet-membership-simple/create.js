function create(user, callback) {
  // Tables dbo.UserProfile(UserId, UserName) and dbo.webpages_Membership of ASP.NET Simple Membership; UserName is the
  // e-mail address. Configuration: DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD, DB_TLS ('off' only in a private network),
  // DB_CA (PEM; empty for public authorities).

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
      `SELECT u.UserId AS id, u.UserName AS email, m.IsConfirmed AS email_verified, m.Password AS password_hash
         FROM dbo.UserProfile u
         JOIN dbo.webpages_Membership m ON m.UserId = u.UserId
        WHERE lower(u.UserName) = @identifier
        ORDER BY u.UserId`,
      [['identifier', TYPES.NVarChar, wanted]],
    );
    // Collations can find more than equal texts, so rows are compared once more.
    return rows.find((row) => String(row.email || '').toLowerCase() === wanted) || null;
  }

  // As WebSecurity writes it, so that the application can still log the user in.
  function hashPassword(text) {
    const salt = crypto.randomBytes(16);
    return new Promise((resolve, reject) => {
      // userferry-ignore lint.weak-hash: the application cannot read anything stronger
      crypto.pbkdf2(text, salt, 1000, 32, 'sha1', (error, key) => {
        if (error) reject(error);
        else resolve(Buffer.concat([Buffer.alloc(1), salt, key]).toString('base64'));
      });
    });
  }

  function userExists() {
    return new ValidationError('user_exists', 'A user with this e-mail address or username exists already.');
  }

  function isDuplicate(error) {
    return error.number === 2601 || error.number === 2627;
  }

  async function attempt() {
    const taken = await findUser(user.email);
    if (taken) return userExists();
    try {
      await query(
        `SET XACT_ABORT ON;
         BEGIN TRANSACTION;
         INSERT INTO dbo.UserProfile (UserName) VALUES (@email);
         INSERT INTO dbo.webpages_Membership (UserId, CreateDate, IsConfirmed, PasswordFailuresSinceLastSuccess,
           Password, PasswordChangedDate, PasswordSalt)
         SELECT UserId, GETUTCDATE(), 0, 0, @hash, GETUTCDATE(), '' FROM dbo.UserProfile WHERE UserName = @email;
         COMMIT TRANSACTION;`,
        [
          ['email', TYPES.NVarChar, user.email.trim().toLowerCase()],
          ['hash', TYPES.NVarChar, await hashPassword(user.password)],
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
