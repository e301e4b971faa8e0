function login(userNameOrEmail, password, callback) {
  const bcrypt = require('bcrypt');
  const { Connection, Request, TYPES } = require('tedious');

  // One connection for each call, closed on every path before the promise settles.
  function findUser(value) {
    return new Promise((resolve, reject) => {
      let row = null;
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
          connectTimeout: 5000,
          requestTimeout: 10000,
          rowCollectionOnRequestCompletion: false,
        },
      });
      connection.on('error', () => {});
      connection.connect((connectError) => {
        if (connectError) {
          connection.close();
          return reject(connectError);
        }
        const sql = `
          SELECT TOP 1 id, email, email_verified, password_hash, first_name, last_name
            FROM users
           WHERE lower(email) = @email`;
        const request = new Request(sql, (error) => {
          connection.close();
          if (error) reject(error);
          else resolve(row);
        });
        request.addParameter('email', TYPES.NVarChar, value);
        request.on('row', (columns) => {
          row = Object.fromEntries(columns.map((column) => [column.metadata.colName, column.value]));
        });
        connection.execSql(request);
      });
    });
  }

  function toProfile(row) {
    return {
      // Never change what this is made from: it is how the user is recognised for ever.
      user_id: String(row.id),
      email: row.email,
      email_verified: row.email_verified === true || row.email_verified === 1,
      given_name: row.first_name || undefined,
      family_name: row.last_name || undefined,
    };
  }

  async function attempt() {
    const row = await findUser(userNameOrEmail.trim().toLowerCase());
    if (!row) return new WrongUsernameOrPasswordError(null, 'Unknown user.');
    // bcrypt compares in constant time. PHP writes $2y$ for what everybody else calls $2b$.
    const hash = (row.password_hash || '').replace(/^\$2y\$/, '$2b$');
    const right = await bcrypt.compare(password, hash);
    return right ? toProfile(row) : new WrongUsernameOrPasswordError(userNameOrEmail, 'Wrong password.');
  }

  // One place calls back, once, whatever happened.
  attempt().then(
    (result) => (result instanceof Error ? callback(result) : callback(null, result)),
    (error) => {
      console.error('login failed:', error.code || error.name);
      callback(new Error('The user database cannot be reached.'));
    },
  );
}
