function verify(email, callback) {
  // Called when a user has followed the link in the verification mail. callback(null, true) when it is stored,
  // also the second time; callback(null, false) when there is no such user.
  callback(new Error('The verify script of this connection has not been written yet.'));
}
