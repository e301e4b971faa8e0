function create(user, callback) {
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

  function userExists() {
    return new ValidationError('user_exists', 'A user with this e-mail address or username exists already.');
  }

  async function attempt() {
    const added = { email: user.email.trim().toLowerCase(), password: user.password };
    if (user.username) added.username = user.username;
    if (user.given_name) added.given_name = user.given_name;
    if (user.family_name) added.family_name = user.family_name;
    const { status } = await request('POST', '/users', [200, 201, 409], added);
    return status === 409 ? userExists() : null;
  }

  // One place calls back, once, whatever happened.
  attempt().then(
    (result) => (result instanceof Error ? callback(result) : callback(null, result)),
    (error) => {
      console.error('create failed:', error.code || error.name);
      callback(new Error('The user service did not answer as expected.'));
    },
  );
}
