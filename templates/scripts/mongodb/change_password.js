function changePassword(email, newPassword, callback) {
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

  function hashPassword(text) {
    return bcrypt.hash(text, 10);
  }

  async function attempt() {
    const row = await findUser(email);
    if (!row) return false;
    const change = { $set: { password: await hashPassword(newPassword) } };
    const { matchedCount } = await users().updateOne({ _id: row._id }, change, { maxTimeMS: 4000 });
    return matchedCount > 0;
  }

  // One place calls back, once, whatever happened.
  attempt().then(
    (result) => (result instanceof Error ? callback(result) : callback(null, result)),
    (error) => {
      console.error('change_password failed:', error.code || error.name);
      callback(new Error('The user database did not answer as expected.'));
    },
  );
}
