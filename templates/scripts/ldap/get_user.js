function getUser(identifier, callback) {
  // A directory such as OpenLDAP or Active Directory. Configuration: LDAP_URL (ldaps://…), LDAP_CA (PEM; empty for public
  // authorities), LDAP_BIND_DN, LDAP_BIND_PASSWORD, LDAP_BASE_DN, LDAP_ID_ATTRIBUTE, LDAP_USERNAME_ATTRIBUTE.

  const ldap = require('ldapjs');

  // A bind changes who a connection is, so every call has its own, closed on every path.
  function connect() {
    return new Promise((resolve, reject) => {
      const client = ldap.createClient({
        url: configuration.LDAP_URL,
        connectTimeout: 4000,
        timeout: 4000,
        tlsOptions: configuration.LDAP_CA ? { ca: configuration.LDAP_CA } : {},
      });
      const fail = (error) => {
        client.destroy();
        reject(error);
      };
      client.once('connect', () => resolve(client));
      client.once('connectTimeout', () =>
        fail(Object.assign(new Error('no connection'), { code: 'LDAP_TIMEOUT' })),
      );
      client.once('connectError', fail);
      // Later trouble reaches the request that is under way.
      client.on('error', fail);
    });
  }

  function bind(client, name, secret) {
    return new Promise((resolve, reject) => {
      client.bind(name, secret, (error) => (error ? reject(error) : resolve()));
    });
  }

  // The same lookup in all scripts: where they differ, users are duplicated. The directory ignores case here.
  async function findUser(client, identifierOrEmail) {
    await bind(client, configuration.LDAP_BIND_DN, configuration.LDAP_BIND_PASSWORD);
    const wanted = identifierOrEmail.trim();
    const id = configuration.LDAP_ID_ATTRIBUTE;
    const username = configuration.LDAP_USERNAME_ATTRIBUTE;
    // Filter objects escape their values.
    const filter = new ldap.OrFilter({
      filters: [
        new ldap.EqualityFilter({ attribute: 'mail', value: wanted }),
        new ldap.EqualityFilter({ attribute: username, value: wanted }),
      ],
    });
    const attributes = [id, 'mail', username, 'givenName', 'sn', 'displayName'];
    const entries = await search(client, { scope: 'sub', filter, attributes, sizeLimit: 10, timeLimit: 4 });
    const rows = entries.map(toRow);
    const equals = (value) => String(value || '').toLowerCase() === wanted.toLowerCase();
    return rows.find((row) => row.mails.some(equals)) || rows.find((row) => equals(row.username)) || null;
  }

  function search(client, options) {
    return new Promise((resolve, reject) => {
      client.search(configuration.LDAP_BASE_DN, options, (error, events) => {
        if (error) return reject(error);
        const entries = [];
        events.on('searchEntry', (entry) => entries.push(entry));
        events.on('error', reject);
        events.on('end', () => resolve(entries));
      });
    });
  }

  function toRow(entry) {
    const find = (name) => entry.attributes.find(({ type }) => type.toLowerCase() === name.toLowerCase());
    const first = (name) => (find(name) ? find(name).values[0] : undefined);
    const id = find(configuration.LDAP_ID_ATTRIBUTE);
    // Active Directory's objectGUID is not text.
    const binary = configuration.LDAP_ID_ATTRIBUTE.toLowerCase() === 'objectguid';
    return {
      dn: entry.objectName.toString(),
      id: binary ? id.buffers[0].toString('hex') : id.values[0],
      mails: find('mail') ? find('mail').values : [],
      username: first(configuration.LDAP_USERNAME_ATTRIBUTE),
      first_name: first('givenName'),
      last_name: first('sn'),
      display_name: first('displayName'),
    };
  }

  function toProfile(row) {
    const profile = {
      // Never change what this is made from: it is how the user is recognised for ever.
      user_id: row.id,
      // Addresses in the directory are given by whoever runs it.
      email_verified: row.mails.length > 0,
    };
    if (row.mails.length > 0) profile.email = row.mails[0];
    if (row.username) profile.username = row.username;
    if (row.first_name) profile.given_name = row.first_name;
    if (row.last_name) profile.family_name = row.last_name;
    if (row.display_name) profile.name = row.display_name;
    return profile;
  }

  async function attempt() {
    const client = await connect();
    try {
      const row = await findUser(client, identifier);
      return row ? toProfile(row) : null;
    } finally {
      client.destroy();
    }
  }

  // One place calls back, once, whatever happened.
  attempt().then(
    (result) => (result instanceof Error ? callback(result) : callback(null, result)),
    (error) => {
      console.error('get_user failed:', error.code || error.name);
      callback(new Error('The directory did not answer as expected.'));
    },
  );
}
