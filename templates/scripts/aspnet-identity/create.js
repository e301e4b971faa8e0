function create(user, callback) {
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

  function derive(text, salt, rounds, length, digest) {
    return new Promise((resolve, reject) => {
      crypto.pbkdf2(text, salt, rounds, length, digest, (error, key) =>
        error ? reject(error) : resolve(key),
      );
    });
  }

  // In the version that the user has already, so that the application can still log the user in.
  async function hashPassword(text, version) {
    const salt = crypto.randomBytes(16);
    if (version === '2') {
      return Buffer.concat([Buffer.alloc(1), salt, await derive(text, salt, 1000, 32, 'sha1')]).toString(
        'base64',
      );
    }
    const header = Buffer.alloc(13, 1);
    header.writeUInt32BE(2, 1);
    header.writeUInt32BE(100000, 5);
    header.writeUInt32BE(salt.length, 9);
    return Buffer.concat([header, salt, await derive(text, salt, 100000, 32, 'sha512')]).toString('base64');
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
      const email = user.email.trim().toLowerCase();
      const username = user.username || email;
      const parameters = [
        ['id', TYPES.NVarChar, crypto.randomUUID()],
        ['username', TYPES.NVarChar, username],
        ['email', TYPES.NVarChar, email],
        ['hash', TYPES.NVarChar, await hashPassword(user.password, configuration.IDENTITY_VERSION)],
        ['stamp', TYPES.NVarChar, crypto.randomUUID()],
      ];
      if (configuration.IDENTITY_VERSION === '2') {
        await query(
          `INSERT INTO dbo.AspNetUsers (Id, UserName, Email, EmailConfirmed, PasswordHash, SecurityStamp,
             PhoneNumberConfirmed, TwoFactorEnabled, LockoutEnabled, AccessFailedCount)
           VALUES (@id, @username, @email, 0, @hash, @stamp, 0, 0, 1, 0)`,
          parameters,
        );
      } else {
        // Core finds its users by these columns.
        parameters.push(
          ['normalUsername', TYPES.NVarChar, username.toUpperCase()],
          ['normalEmail', TYPES.NVarChar, email.toUpperCase()],
        );
        await query(
          `INSERT INTO dbo.AspNetUsers (Id, UserName, NormalizedUserName, Email, NormalizedEmail, EmailConfirmed,
             PasswordHash, SecurityStamp, ConcurrencyStamp, PhoneNumberConfirmed, TwoFactorEnabled, LockoutEnabled,
             AccessFailedCount)
           VALUES (@id, @username, @normalUsername, @email, @normalEmail, 0, @hash, @stamp, @id, 0, 0, 1, 0)`,
          parameters,
        );
      }
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
