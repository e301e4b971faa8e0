function deleteUser(id, callback) {
  // Collection users: _id, email, email_verified, username, password (bcrypt), given_name, family_name.
  // Configuration: MONGODB_URI (mongodb+srv://… or mongodb://…), MONGODB_DATABASE.

  const { MongoClient, ObjectId } = require('mongodb');

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

  async function attempt() {
    // Ids are ObjectIds unless the application gave its own.
    const key = /^[0-9a-f]{24}$/.test(id) ? new ObjectId(id) : id;
    await users().deleteOne({ _id: key }, { maxTimeMS: 4000 });
    // Somebody who is gone already is as deleted as somebody deleted now.
    return null;
  }

  // One place calls back, once, whatever happened.
  attempt().then(
    (result) => (result instanceof Error ? callback(result) : callback(null, result)),
    (error) => {
      console.error('delete failed:', error.code || error.name);
      callback(new Error('The user database did not answer as expected.'));
    },
  );
}
