'use strict';
// The counterpart of the sandbox in `bench/all-users.ts`: a plain Node process that calls a script for its share of the
// users in a loop, with the drivers of the sandbox. What came out is kept until it is asked for, outside of all timing.
const { createHash } = require('node:crypto');
const { createRequire } = require('node:module');
const { join } = require('node:path');
const argon2 = require('@node-rs/argon2');
const bcrypt = require('@node-rs/bcrypt');

const load = createRequire(join(__dirname, '../../build/sandbox-packages/package.json'));
const natives = { bcrypt: { compare: bcrypt.compare }, argon2: { verify: argon2.verify } };

class WrongUsernameOrPasswordError extends Error {}
class UnauthorizedError extends Error {}

let script;
let users = [];
let results = [];

function compiled({ text, configuration }) {
  // oxlint-disable-next-line typescript/no-implied-eval -- running the text is what this process is for
  return new Function(
    'require',
    'configuration',
    'console',
    'WrongUsernameOrPasswordError',
    'UnauthorizedError',
    `return (${text}\n)`,
  )(
    (name) => natives[name] ?? load(name),
    configuration,
    { log() {}, error() {} },
    WrongUsernameOrPasswordError,
    UnauthorizedError,
  );
}

function call(args) {
  return new Promise((resolve) => {
    script(...args, (error, value) => resolve(error ? { error: error.constructor.name } : { value }));
  });
}

async function loop(inFlight) {
  results = [];
  let next = 0;
  const lane = async () => {
    while (next < users.length) {
      const index = next++;
      results[index] = await call(users[index]);
    }
  };
  await Promise.all(Array.from({ length: Math.min(inFlight, users.length) }, lane));
}

function digest() {
  const hash = createHash('sha256');
  for (const { error, value } of results) hash.update(error ?? JSON.stringify(value ?? null)).update('\n');
  return hash.digest('hex');
}

process.on('message', async (message) => {
  if (message.script) script = compiled(message.script);
  if (message.users) users = message.users;
  if (message.inFlight) await loop(message.inFlight);
  process.send({ done: message.id, digest: message.digest ? digest() : null });
});
