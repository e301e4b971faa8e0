function getUser(identifier, callback) {
  // Called with an e-mail address or a username. callback(null, profile) with the very profile that login gives;
  // callback(null) when there is no such user; callback(new Error('…')) when the store could not be asked.
  callback(new Error('The get_user script of this connection has not been written yet.'));
}
