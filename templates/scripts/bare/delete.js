function deleteUser(id, callback) {
  // Called with the user_id that login gave. callback(null) when the user is gone, also when gone before.
  callback(new Error('The delete script of this connection has not been written yet.'));
}
