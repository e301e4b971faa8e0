function create(user, callback) {
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

  function userExists() {
    return new ValidationError('user_exists', 'A user with this e-mail address or username exists already.');
  }

  function isDuplicate(error) {
    return error.code === 11000;
  }

  async function attempt() {
    const taken = (await findUser(user.email)) || (user.username ? await findUser(user.username) : null);
    if (taken) return userExists();
    try {
      const added = {
        email: user.email.trim().toLowerCase(),
        email_verified: false,
        password: await hashPassword(user.password),
      };
      if (user.username) added.username = user.username;
      if (user.given_name) added.given_name = user.given_name;
      if (user.family_name) added.family_name = user.family_name;
      await users().insertOne(added, { maxTimeMS: 4000 });
      return null;
    } catch (error) {
      // Somebody else can have signed up with the same address in the meantime.
      if (isDuplicate(error)) return userExists();
      throw error;
    }
  }

  // One place calls back, once, whatever happened.
  attempt().then(
    (result) => (result instanceof Error ? callback(result) : callback(null, result)),
    (error) => {
      console.error('create failed:', error.code || error.name);
      callback(new Error('The user database did not answer as expected.'));
    },
  );
}
