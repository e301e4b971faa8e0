import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '#test/script-runner.ts';

// Many containers in one worker, none of which does anything wrong: what they hold together must not be taken for a
// script that swells, and nobody may be ended for what another one did a moment ago.

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

const plain = (ending: string) => [ending, []];

it('twelve scripts with many modules each, one after the other in one worker', async () => {
  const before = sandbox.runner.processIds;
  const runs = [];
  for (let index = 0; index < 12; index += 1) {
    runs.push(
      await sandbox.run(`function login(user, password, callback) {
        for (const name of ['pg', 'mysql', 'mysql2', 'tedious', 'mssql', 'mongodb', 'bcrypt', 'axios', 'lodash']) require(name);
        callback(null, ${index}); }`),
    );
  }
  expect(runs.map(({ ending, findings }) => [ending, findings])).toEqual(
    Array.from({ length: 12 }, () => plain('called-back')),
  );
  expect(sandbox.runner.processIds).toEqual(before);
});

it('hashes of 64 MB in several containers at once wait for each other', async () => {
  const scripts = Array.from(
    { length: 8 },
    (_, index) => `function login(user, password, callback) { /* ${index} */
      require('argon2').hash(password, { memoryCost: 65536, timeCost: 1 }).then(() => callback(null), callback); }`,
  );
  const runs = await Promise.all(
    scripts.flatMap((text) => [
      sandbox.run(text, { detail: 'counts', timeLimitMs: 30_000 }),
      sandbox.run(text, { detail: 'counts', timeLimitMs: 30_000, container: 'fresh' }),
    ]),
  );
  expect(runs.map(({ ending, findings }) => [ending, findings])).toEqual(
    Array.from({ length: 16 }, () => plain('called-back')),
  );
});

it('an attempt that waits is not ended for a turn of another one that was long and is over', async () => {
  const busy = `function login(user, password, callback) {
    const until = Date.now() + 250;
    while (Date.now() < until);
    callback(null, 'busy'); }`;
  const waiting = `function login(user, password, callback) { setTimeout(() => callback(null, 'waited'), 1500); }`;
  const options = { detail: 'counts', timeLimitMs: 20_000 } as const;
  const runs = await Promise.all([
    sandbox.run(waiting, options),
    ...Array.from({ length: 4 }, () => sandbox.run(busy, options)),
  ]);
  expect(runs.map(({ ending, findings }) => [ending, findings])).toEqual(
    Array.from({ length: 5 }, () => plain('called-back')),
  );
});

it('an answer that comes with the end of a socket is waited for', async () => {
  // The end of the first connection and the address for the second one arrive in one read of the pipe.
  const run = await sandbox.run(
    `async function login(user, password, callback) {
      const seen = [];
      for (let round = 0; round < 20; round += 1) {
        seen.push(await new Promise((done) => {
          const socket = require('net').connect({ host: '127.0.0.1', port: 1 });
          socket.on('error', () => { require('dns').lookup('127.0.0.1', () => done(round)); socket.destroy(); });
        }));
      }
      callback(null, seen.length); }`,
    { detail: 'counts', timeLimitMs: 20_000 },
  );
  expect([run.ending, run.value]).toEqual(['called-back', 20]);
});
