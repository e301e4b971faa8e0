function create(user, callback) {
  // Tables dbo.Users, dbo.Memberships and dbo.Applications of the ASP.NET Universal Providers.
  // Configuration: DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD, DB_TLS ('off' only in a private network),
  // DB_CA (PEM; empty for public authorities),
  // MEMBERSHIP_APPLICATION (the provider's applicationName, often '/').

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
      `SELECT u.UserId AS id, u.UserName AS username, m.Email AS email, m.IsApproved AS email_verified,
              m.IsLockedOut AS locked, m.Password AS password_hash, m.PasswordSalt AS password_salt,
              m.PasswordFormat AS password_format
         FROM dbo.Users u
         JOIN dbo.Memberships m ON m.UserId = u.UserId
         JOIN dbo.Applications a ON a.ApplicationId = u.ApplicationId
        WHERE a.ApplicationName = @application
          AND (lower(m.Email) = @identifier OR lower(u.UserName) = @identifier)
        ORDER BY u.UserId`,
      [
        ['identifier', TYPES.NVarChar, wanted],
        ['application', TYPES.NVarChar, configuration.MEMBERSHIP_APPLICATION],
      ],
    );
    // Collations can find more than equal texts, so rows are compared once more. Addresses count before usernames.
    const equals = (value) => String(value || '').toLowerCase() === wanted;
    return rows.find((row) => equals(row.email)) || rows.find((row) => equals(row.username)) || null;
  }

  // As the providers write it by default, so that the application can still log the user in.
  function hashPassword(text) {
    const salt = crypto.randomBytes(16);
    // userferry-ignore lint.weak-hash: the application cannot read anything stronger
    const hmac = crypto.createHmac('sha256', Buffer.alloc(64, salt)).update(Buffer.from(text, 'utf16le'));
    return { hash: hmac.digest('base64'), salt: salt.toString('base64') };
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
      const { hash, salt } = hashPassword(user.password);
      const email = user.email.trim().toLowerCase();
      const { rowCount } = await query(
        `SET XACT_ABORT ON;
         BEGIN TRANSACTION;
         INSERT INTO dbo.Users (UserId, ApplicationId, UserName, IsAnonymous, LastActivityDate)
         SELECT @id, ApplicationId, @username, 0, GETUTCDATE() FROM dbo.Applications
          WHERE ApplicationName = @application;
         INSERT INTO dbo.Memberships (UserId, ApplicationId, Password, PasswordFormat, PasswordSalt, Email, IsApproved,
           IsLockedOut, CreateDate, LastLoginDate, LastPasswordChangedDate, LastLockoutDate,
           FailedPasswordAttemptCount, FailedPasswordAttemptWindowStart,
           FailedPasswordAnswerAttemptCount, FailedPasswordAnswerAttemptWindowsStart)
         SELECT @id, ApplicationId, @hash, 1, @salt, @email, 0, 0, GETUTCDATE(), GETUTCDATE(), GETUTCDATE(),
           '1754-01-01', 0, '1754-01-01', 0, '1754-01-01'
           FROM dbo.Applications WHERE ApplicationName = @application;
         COMMIT TRANSACTION;`,
        [
          ['id', TYPES.UniqueIdentifier, crypto.randomUUID()],
          ['application', TYPES.NVarChar, configuration.MEMBERSHIP_APPLICATION],
          ['username', TYPES.NVarChar, user.username || email],
          ['email', TYPES.NVarChar, email],
          ['hash', TYPES.NVarChar, hash],
          ['salt', TYPES.NVarChar, salt],
        ],
      );
      if (!rowCount)
        throw Object.assign(new Error('no such application'), { code: 'MEMBERSHIP_APPLICATION' });
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
