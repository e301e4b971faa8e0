function changeEmail(email, newEmail, verified, callback) {
  // Collection users: _id, email, email_verified, username, password (bcrypt), given_name, family_name.
  // Configuration: MONGODB_URI (mongodb+srv://… or mongodb://…), MONGODB_DATABASE.

  const { MongoClient } = require('mongodb');

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

  function userExists() {
    return new ValidationError('user_exists', 'A user with this e-mail address or username exists already.');
  }

  function isDuplicate(error) {
    return error.code === 11000;
  }

  async function attempt() {
    const row = await findUser(email);
    if (!row) return false;
    const other = await findUser(newEmail);
    if (other && String(other._id) !== String(row._id)) return userExists();
    try {
      const change = { $set: { email: newEmail.trim().toLowerCase(), email_verified: verified === true } };
      const { matchedCount } = await users().updateOne({ _id: row._id }, change, { maxTimeMS: 4000 });
      return matchedCount > 0;
    } catch (error) {
      if (isDuplicate(error)) return userExists();
      throw error;
    }
  }

  // One place calls back, once, whatever happened.
  attempt().then(
    (result) => (result instanceof Error ? callback(result) : callback(null, result)),
    (error) => {
      console.error('change_email failed:', error.code || error.name);
      callback(new Error('The user database did not answer as expected.'));
    },
  );
}
