function deleteUser(id, callback) {
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

  async function attempt() {
    await request('DELETE', `/users/${encodeURIComponent(id)}`, [200, 204, 404]);
    // Somebody who is gone already is as deleted as somebody deleted now.
    return null;
  }

  // One place calls back, once, whatever happened.
  attempt().then(
    (result) => (result instanceof Error ? callback(result) : callback(null, result)),
    (error) => {
      console.error('delete failed:', error.code || error.name);
      callback(new Error('The user service did not answer as expected.'));
    },
  );
}
