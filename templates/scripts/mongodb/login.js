function login(identifier, password, callback) {
  // Collection users: _id, email, email_verified, username, password (bcrypt), given_name, family_name.
  // Configuration: MONGODB_URI (mongodb+srv://… or mongodb://…), MONGODB_DATABASE.

  const { MongoClient } = require('mongodb');
  const bcrypt = require('bcrypt');

  // Calls in the same container share one client, which is a pool. It connects when it is first used.
  function users() {
    if (!global.legacyMongo) {
      global.legacyMongo = new MongoClient(configuration.MONGODB_URI, {
        maxPoolSize: 4,
        connectTimeoutMS: 5000,
        serverSelectionTimeoutMS: 5000,
        waitQueueTimeoutMS: 5000,
        socketTimeoutMS: 8000,
      });
    }
    return global.legacyMongo.db(configuration.MONGODB_DATABASE).collection('users');
  }

  // The same lookup in all scripts: where they differ, users are duplicated. The collation ignores case, not accents.
  async function findUser(identifierOrEmail) {
    const wanted = identifierOrEmail.trim().toLowerCase();
    const rows = await users()
      .find({ $or: [{ email: wanted }, { username: wanted }] })
      .collation({ locale: 'en', strength: 2 })
      .sort({ _id: 1 })
      .maxTimeMS(4000)
      .toArray();
    // An address counts before a username.
    return rows.find((row) => String(row.email).toLowerCase() === wanted) || rows[0] || null;
  }

  function toProfile(row) {
    const profile = {
      // Never change what this is made from: it is how the user is recognised for ever.
      user_id: String(row._id),
      email: row.email,
      email_verified: row.email_verified === true,
    };
    if (row.username) profile.username = row.username;
    if (row.given_name) profile.given_name = row.given_name;
    if (row.family_name) profile.family_name = row.family_name;
    return profile;
  }

  async function isRightPassword(row) {
    // PHP writes $2y$ for what everybody else calls $2b$. bcrypt compares in constant time.
    const hash = (row.password || '').replace(/^\$2y\$/, '$2b$');
    return bcrypt.compare(password, hash);
  }

  async function attempt() {
    const row = await findUser(identifier);
    if (!row) return new WrongUsernameOrPasswordError(null, 'Unknown user.');
    const right = await isRightPassword(row);
    return right ? toProfile(row) : new WrongUsernameOrPasswordError(identifier, 'Wrong password.');
  }

  // One place calls back, once, whatever happened.
  attempt().then(
    (result) => (result instanceof Error ? callback(result) : callback(null, result)),
    (error) => {
      console.error('login failed:', error.code || error.name);
      callback(new Error('The user database did not answer as expected.'));
    },
  );
}
