function deleteUser(id, callback) {
  // Table dbo.AspNetUsers of ASP.NET Identity 2 or ASP.NET Core Identity. Password hashes of version 2 and 3.
  // Configuration: DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD, DB_TLS ('off' only in a private network),
  // DB_CA (PEM; empty for public authorities);
  // IDENTITY_VERSION ('2' for ASP.NET Identity 2, '3' for Core) for the scripts that write.

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

  async function attempt() {
    // Claims, logins and roles go with the user: their foreign keys cascade.
    await query('DELETE FROM dbo.AspNetUsers WHERE Id = @id', [['id', TYPES.NVarChar, id]]);
    // Somebody who is gone already is as deleted as somebody deleted now.
    return null;
  }

  // One place calls back, once, whatever happened.
  attempt().then(
    (result) => (result instanceof Error ? callback(result) : callback(null, result)),
    (error) => {
      console.error('delete failed:', error.code || error.name);
      callback(new Error('The user database did not answer as expected.'));
    },
  );
}
