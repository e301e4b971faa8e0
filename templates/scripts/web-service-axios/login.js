function login(identifier, password, callback) {
  // A web service that knows the users and checks passwords itself; README.md has its requests.
  // Configuration: API_URL (https), API_KEY.

  const http = require('http');
  const https = require('https');
  const axios = require('axios');

  // Calls in the same container share one client and its connections.
  function service() {
    if (!global.legacyService) {
      const agents = {
        httpAgent: new http.Agent({ keepAlive: true, maxSockets: 4 }),
        httpsAgent: new https.Agent({ keepAlive: true, maxSockets: 4 }),
      };
      global.legacyService = axios.create({
        ...agents,
        baseURL: configuration.API_URL,
        headers: { 'x-api-key': configuration.API_KEY },
        // A redirect would take the key elsewhere.
        maxRedirects: 0,
        timeout: 7000,
        validateStatus: () => true,
      });
    }
    return global.legacyService;
  }

  // The signal also limits the wait for a free connection. Statuses that the caller does not expect are errors.
  async function request(method, path, expected, data) {
    const signal = AbortSignal.timeout(8000);
    const { status, data: body } = await service().request({ method, url: path, data, signal });
    if (!expected.includes(status)) {
      throw Object.assign(new Error('unexpected status'), { code: `HTTP_${status}` });
    }
    return { status, body };
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
