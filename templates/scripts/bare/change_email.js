function changeEmail(email, newEmail, verified, callback) {
  // Called when an administrator changes the address or whether it is verified. callback(null, true) when it is
  // stored; callback(null, false) when there is no such user. Saving scripts in the dashboard removes this one.
  callback(new Error('The change_email script of this connection has not been written yet.'));
}
