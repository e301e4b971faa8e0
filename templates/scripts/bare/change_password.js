function changePassword(email, newPassword, callback) {
  // Called after a password reset, or by an administrator. Store a new hash, never the password.
  // callback(null, true) when it is stored; callback(null, false) when there is no such user.
  callback(new Error('The change_password script of this connection has not been written yet.'));
}
