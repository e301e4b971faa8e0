function create(user, callback) {
  // A directory is kept by its own tools; what they ask for beyond a name and an address, a sign-up cannot know.
  callback(new Error('Users are added in the directory, not by signing up.'));
}
