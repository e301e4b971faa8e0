function changeEmail(email, newEmail, verified, callback) {
  // A directory is kept by its own tools, under rules that this script cannot know.
  callback(new Error('Addresses are changed in the directory.'));
}
