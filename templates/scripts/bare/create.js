function create(user, callback) {
  // Called with user.email, user.password, perhaps user.username. Store the user, then callback(null);
  // callback(new ValidationError('user_exists', '…')) when there is one already. get_user and login must find the new user.
  callback(new Error('The create script of this connection has not been written yet.'));
}
