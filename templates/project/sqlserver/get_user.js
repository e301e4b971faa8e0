function getUser(email, callback) {
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
          SELECT TOP 1 id, email, email_verified, first_name, last_name
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

  // One place calls back, once, whatever happened.
  findUser(email.trim().toLowerCase()).then(
    (row) => (row ? callback(null, toProfile(row)) : callback(null)),
    (error) => {
      console.error('lookup failed:', error.code || error.name);
      callback(new Error('The user database cannot be reached.'));
    },
  );
}
