function getUser(identifier, callback) {
  const crypto = require('crypto');
  const util = require('util');

  // The legacy database has no door to the internet: a small service in front of it answers with raw rows.
  const findUser = util.callbackify(async (identifier) => {
    const response = await fetch(
      `${configuration.LEGACY_URL}/users?identifier=${encodeURIComponent(identifier)}`,
      {
        headers: { 'x-api-key': configuration.LEGACY_API_KEY },
        signal: AbortSignal.timeout(10000),
      },
    );
    if (!response.ok) throw new Error(`the lookup service answered ${response.status}`);
    return response.json();
  });

  function toProfile(row) {
    const extra = JSON.parse(row.profile_json);
    const preferences = JSON.parse(row.preferences);
    return {
      // Customers of the shop we bought in 2016 came without a uuid, and with numbers that we had used already.
      user_id: row.legacy_uuid ? String(row.id) : crypto.randomUUID(),
      email: row.email || undefined,
      email_verified: Number(row.email_confirmed) === 1,
      username: row.login_name,
      given_name: row.first_name,
      family_name: row.last_name,
      name: [row.first_name, row.last_name].filter(Boolean).join(' '),
      picture: row.avatar || undefined,
      phone_number: row.phone || undefined,
      blocked: Number(row.is_locked) === 1,
      user_metadata: { locale: preferences.locale, ...preferences },
      app_metadata: extra,
    };
  }

  findUser(identifier.trim().toLowerCase(), (error, rows) => {
    if (error) {
      console.error('lookup failed:', error.code || error.message);
      return callback(new Error('The customer database cannot be reached.'));
    }
    // Some mailboxes are shared; the oldest account counts.
    const row = [...rows].sort((a, b) => a.id - b.id)[0];
    if (!row) return callback(null);
    if (row.status === 'review') {
      console.log('account under review');
      return;
    }
    return callback(null, toProfile(row));
  });
}
