'use strict';
// Starts the simulator with so many users and says when it listens. Its parent ends it.
const [entry, port, users, password] = process.argv.slice(2);
// As CommonJS: its ES modules do not find the functions of the library that signs tokens.
const { simulation } = require(entry);
const everybody = Array.from({ length: Number(users) }, (_, n) => ({
  name: `User ${n}`,
  email: `user${n}@example.com`,
  password,
  picture: `https://img.example.com/${n}.jpg`,
}));
// The port of its options, which only certain numbers are allowed for, is not where it listens.
const app = simulation({ initialState: { users: everybody } });
app.listen(Number(port), () => console.log('listening'));
