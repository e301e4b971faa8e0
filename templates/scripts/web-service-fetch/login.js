function login(identifier, password, callback) {
  // A web service that knows the users and checks passwords itself; README.md has its requests.
  // Configuration: API_URL (https), API_KEY.

  // Every request has a limit and follows no redirect, which would take the key elsewhere. Other statuses are errors.
  async function request(method, path, expected, body) {
    const response = await fetch(configuration.API_URL + path, {
      method,
      headers: { 'x-api-key': configuration.API_KEY, 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(7000),
    });
    const text = await response.text();
    if (!expected.includes(response.status)) {
      throw Object.assign(new Error('unexpected status'), { code: `HTTP_${response.status}` });
    }
    return { status: response.status, body: text && response.ok ? JSON.parse(text) : null };
  }

  // An answer without an id would make one user of everybody.
  function withId(user) {
    if (user && user.id !== undefined && user.id !== null) return user;
    throw Object.assign(new Error('a user without id'), { code: 'NO_ID' });
  }

  function toProfile(user) {
    const profile = {
      // Never change what this is made from: it is how the user is recognised for ever.
      user_id: String(user.id),
      email: user.email,
      email_verified: user.email_verified === true,
    };
    if (user.username) profile.username = user.username;
    if (user.given_name) profile.given_name = user.given_name;
    if (user.family_name) profile.family_name = user.family_name;
    return profile;
  }

  async function attempt() {
    const { status, body } = await request('POST', '/login', [200, 401, 404], {
      identifier: identifier.trim(),
      password,
    });
    if (status === 404) return new WrongUsernameOrPasswordError(null, 'Unknown user.');
    if (status === 401) return new WrongUsernameOrPasswordError(identifier, 'Wrong password.');
    return toProfile(withId(body));
  }

  // One place calls back, once, whatever happened.
  attempt().then(
    (result) => (result instanceof Error ? callback(result) : callback(null, result)),
    (error) => {
      console.error('login failed:', error.code || error.name);
      callback(new Error('The user service did not answer as expected.'));
    },
  );
}
