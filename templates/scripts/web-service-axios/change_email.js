function changeEmail(email, newEmail, verified, callback) {
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

  // The same lookup in all scripts: where they differ, users are duplicated. Posted, so that addresses stay out of logs.
  async function findUser(identifierOrEmail) {
    const answer = await request('POST', '/users/search', [200, 404], {
      identifier: identifierOrEmail.trim(),
    });
    return answer.status === 404 ? null : withId(answer.body);
  }

  function userExists() {
    return new ValidationError('user_exists', 'A user with this e-mail address or username exists already.');
  }

  async function attempt() {
    const row = await findUser(email);
    if (!row) return false;
    const { status } = await request('PATCH', `/users/${encodeURIComponent(row.id)}`, [200, 204, 404, 409], {
      email: newEmail.trim().toLowerCase(),
      email_verified: verified === true,
    });
    return status === 409 ? userExists() : status !== 404;
  }

  // One place calls back, once, whatever happened.
  attempt().then(
    (result) => (result instanceof Error ? callback(result) : callback(null, result)),
    (error) => {
      console.error('change_email failed:', error.code || error.name);
      callback(new Error('The user service did not answer as expected.'));
    },
  );
}
