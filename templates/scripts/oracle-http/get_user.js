function getUser(identifier, callback) {
  // Oracle behind a web service (Oracle REST Data Services or one's own): scripts have no Oracle client. README.md has
  // its requests. Configuration: ORACLE_URL, TOKEN_URL, CLIENT_ID, CLIENT_SECRET.

  // The services' token belongs to the scripts, not to a user: calls in the same container share it until it runs out.
  async function accessToken() {
    const known = global.serviceToken;
    if (known && known.until > Date.now()) return known.value;
    const response = await fetch(configuration.TOKEN_URL, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${configuration.CLIENT_ID}:${configuration.CLIENT_SECRET}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials',
      redirect: 'error',
      signal: AbortSignal.timeout(3000),
    });
    const answer = await response.text();
    if (!response.ok) throw Object.assign(new Error('no token'), { code: `TOKEN_${response.status}` });
    const { access_token: value, expires_in: seconds } = JSON.parse(answer);
    global.serviceToken = { value, until: Date.now() + (Number(seconds) - 30) * 1000 };
    return value;
  }

  // Every request has a limit. Statuses that the caller does not expect are errors.
  async function request(method, path, expected, body, again = false) {
    const response = await fetch(configuration.ORACLE_URL + path, {
      method,
      headers: { authorization: `Bearer ${await accessToken()}`, 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(4000),
    });
    const text = await response.text();
    if (response.status === 401 && !again) {
      // The token was withdrawn before its time.
      global.serviceToken = null;
      return request(method, path, expected, body, true);
    }
    if (!expected.includes(response.status)) {
      throw Object.assign(new Error('unexpected status'), { code: `HTTP_${response.status}` });
    }
    return { status: response.status, body: text && response.ok ? JSON.parse(text) : null };
  }

  // The same lookup in all scripts: where they differ, users are duplicated.
  async function findUser(identifierOrEmail) {
    const wanted = identifierOrEmail.trim().toLowerCase();
    const { body } = await request('POST', '/users/search', [200], { identifier: wanted });
    // An address counts before a username.
    const equals = (value) => String(value || '').toLowerCase() === wanted;
    const { items } = body;
    return items.find((row) => equals(row.email)) || items.find((row) => equals(row.username)) || null;
  }

  function toProfile(row) {
    const profile = {
      // Never change what this is made from: it is how the user is recognised for ever.
      user_id: String(row.id),
      email: row.email,
      email_verified: ['Y', '1', 1].includes(row.email_verified),
    };
    if (row.username) profile.username = row.username;
    if (row.first_name) profile.given_name = row.first_name;
    if (row.last_name) profile.family_name = row.last_name;
    return profile;
  }

  async function attempt() {
    const row = await findUser(identifier);
    return row ? toProfile(row) : null;
  }

  // One place calls back, once, whatever happened.
  attempt().then(
    (result) => (result instanceof Error ? callback(result) : callback(null, result)),
    (error) => {
      console.error('get_user failed:', error.code || error.name);
      callback(new Error('The user service did not answer as expected.'));
    },
  );
}
