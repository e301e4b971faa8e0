function verify(email, callback) {
  // A directory is kept by its own tools, under rules that this script cannot know.
  callback(new Error('The directory has no place for the verification of an address.'));
}
