function deleteUser(id, callback) {
  // A directory is kept by its own tools, under rules that this script cannot know.
  callback(new Error('Users are removed in the directory.'));
}
