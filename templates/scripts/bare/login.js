function login(identifier, password, callback) {
  // Called with an e-mail address or a username and the password as typed. Check both against your store, then
  // callback(null, profile) with user_id (text that never changes), email, email_verified (true or false);
  // callback(new WrongUsernameOrPasswordError(identifier, 'Wrong password.')), or null for identifier if unknown;
  // callback(new Error('…')) when the store could not be asked.
  callback(new Error('The login script of this connection has not been written yet.'));
}
