function login(userNameOrEmail, password, callback) {
  const bcrypt = require('bcrypt');
  // Scripts have no driver for this database. A small service in front of it answers with a JSON list of rows;
  // during a rehearsal of a file, Userferry answers in its place.
  async function findUser(value) {
    const url = `${configuration.LEGACY_URL}/users?identifier=${encodeURIComponent(value)}`;
    const response = await fetch(url, {
      headers: { 'x-api-key': configuration.LEGACY_API_KEY },
      signal: AbortSignal.timeout(10000),
    });
    if (!response.ok) throw new Error(`the user service answered ${response.status}`);
    const rows = await response.json();
    return rows[0] || null;
  }

  function toProfile(row) {
    return {
      // Never change what this is made from: it is how the user is recognised for ever.
      user_id: String(row.id),
      email: row.email,
      email_verified: ['1', 'true'].includes(String(row.email_verified).toLowerCase()),
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
