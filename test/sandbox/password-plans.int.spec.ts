import { createHash, createHmac, pbkdf2Sync, scryptSync } from 'node:crypto';
import argon2 from '@node-rs/argon2';
import bcrypt from '@node-rs/bcrypt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '#domain/secret.ts';
import type { PasswordCheckPlan } from '#engine/ports/script-runner.ts';
import { PASSWORD, type Sandbox, startSandbox } from '#test/script-runner.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

const REAL = 'the real password';
const hex = (data: Buffer): string => data.toString('hex');
const digest = (name: string, ...parts: (string | Buffer)[]): Buffer => {
  const hash = createHash(name);
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** Logs in with a made-up password against a stored hash of the real one, under each plan. */
async function underEachPlan(compare: string, stored: string, digests: readonly Uint8Array[]) {
  const script = `async function login(user, password, callback) {
    const stored = ${JSON.stringify(stored)};
    try {
      const ok = await (async () => { ${compare} })();
      callback(null, { ok });
    } catch (error) { callback(error); }
  }`;
  const outcome = async (plan: PasswordCheckPlan, password: string) => {
    const run = await sandbox.run(script, {
      passwordChecks: plan,
      args: ['ada', password],
      password: new Secret(password),
    });
    return [
      run.ending === 'called-back' ? (run.value as { ok: boolean }).ok : run.error?.message,
      run.passwordChecks,
    ] as const;
  };
  return {
    right: await outcome({ kind: 'assume', answer: 'right', storedDigests: digests }, PASSWORD),
    wrong: await outcome({ kind: 'assume', answer: 'wrong', storedDigests: digests }, PASSWORD),
    trulyRight: await outcome({ kind: 'true' }, REAL),
    trulyWrong: await outcome({ kind: 'true' }, PASSWORD),
  };
}

const COMPARED = {
  right: [true, { truly: 0, assumed: 1 }],
  wrong: [false, { truly: 0, assumed: 1 }],
  trulyRight: [true, { truly: 1, assumed: 0 }],
  trulyWrong: [false, { truly: 1, assumed: 0 }],
};

describe('comparisons', () => {
  it.each([
    ['bcrypt', "return require('bcrypt').compare(password, stored);"],
    [
      'bcrypt with a callback',
      "return new Promise((done) => require('bcrypt').compare(password, stored, (e, ok) => done(ok)));",
    ],
    ['bcrypt, synchronous', "return require('bcrypt').compareSync(password, stored);"],
    ['bcryptjs', "return require('bcryptjs').compare(password, stored);"],
    ['bcryptjs, synchronous', "return require('bcryptjs').compareSync(password, stored);"],
    ['bcrypt over a prehash in hex', "return require('bcrypt').compare(password + 'pepper', stored);"],
  ])('%s', async (name, compare) => {
    const hashed = name.includes('prehash') ? `${REAL}pepper` : REAL;
    expect(await underEachPlan(compare, await bcrypt.hash(hashed, 4), [])).toEqual(COMPARED);
  });

  it('bcrypt answers false to $2y$ as the module does, bcryptjs does not', async () => {
    const stored = (await bcrypt.hash(REAL, 4)).replace('$2b$', '$2y$');
    const truly = (await underEachPlan("return require('bcrypt').compare(password, stored);", stored, []))
      .trulyRight[0];
    const inJs = (await underEachPlan("return require('bcryptjs').compare(password, stored);", stored, []))
      .trulyRight[0];
    expect([truly, inJs]).toEqual([false, true]);
  });

  it('argon2', async () => {
    const stored = await argon2.hash(REAL, { memoryCost: 64, timeCost: 1 });
    const raw = Buffer.from(stored.split('$').at(-1)!, 'base64');
    expect(await underEachPlan("return require('argon2').verify(stored, password);", stored, [raw])).toEqual(
      COMPARED,
    );
  });
});

describe('digests', () => {
  const salt = 'pepper&salt';
  const sha1 = digest('sha1', salt, REAL);
  const cases: readonly (readonly [string, string, Buffer])[] = [
    [
      'sha1(salt + password)',
      `return crypto.createHash('sha1').update('${salt}' + password).digest('hex') === stored;`,
      sha1,
    ],
    [
      'sha1 in two updates',
      `return crypto.createHash('sha1').update('${salt}').update(password).digest('hex') === stored;`,
      sha1,
    ],
    [
      'sha256 over UTF-16',
      "return crypto.createHash('sha256').update(password, 'utf16le').digest('hex') === stored;",
      digest('sha256', Buffer.from(REAL, 'utf16le')),
    ],
    [
      'hmac',
      "return crypto.createHmac('sha512', 'key').update(password).digest('hex') === stored;",
      createHmac('sha512', 'key').update(REAL).digest(),
    ],
    [
      'hmac with the password as key',
      "return crypto.createHmac('sha256', password).update('data').digest('hex') === stored;",
      createHmac('sha256', REAL).update('data').digest(),
    ],
    ['crypto.hash', "return crypto.hash('sha256', password) === stored;", digest('sha256', REAL)],
    [
      'pbkdf2',
      "return new Promise((done, fail) => crypto.pbkdf2(password, 'salt', 1000, 24, 'sha256', (e, key) => (e ? fail(e) : done(key.toString('hex') === stored))));",
      pbkdf2Sync(REAL, 'salt', 1000, 24, 'sha256'),
    ],
    [
      'pbkdf2, synchronous, compared in constant time',
      "return crypto.timingSafeEqual(crypto.pbkdf2Sync(password, 'salt', 1000, 32, 'sha512'), Buffer.from(stored, 'hex'));",
      pbkdf2Sync(REAL, 'salt', 1000, 32, 'sha512'),
    ],
    [
      'scrypt',
      "return crypto.scryptSync(password, 'salt', 64, { N: 1024 }).toString('hex') === stored;",
      scryptSync(REAL, 'salt', 64, { N: 1024 }),
    ],
    [
      'WebCrypto digest',
      "return Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(password))).toString('hex') === stored;",
      digest('sha256', REAL),
    ],
  ];

  it.each(cases)('%s', async (_name, compare, stored) => {
    expect(
      await underEachPlan(`const crypto = require('crypto'); ${compare}`, hex(stored), [stored]),
    ).toEqual(COMPARED);
  });

  it('a digest of a digest in hex', async () => {
    const stored = digest('sha1', hex(digest('md5', REAL)));
    const compare =
      "const c = require('crypto'); return c.createHash('sha1').update(c.createHash('md5').update(password).digest('hex')).digest('hex') === stored;";
    const { right, wrong, trulyRight, trulyWrong } = await underEachPlan(compare, hex(stored), [stored]);
    expect([right[0], wrong[0], trulyRight[0], trulyWrong[0]]).toEqual([true, false, true, false]);
  });

  it('many rounds of the same digest', async () => {
    let stored = digest('md5', `salt${REAL}`);
    for (let round = 0; round < 200; round += 1) stored = digest('md5', stored, REAL);
    const compare =
      "const c = require('crypto'); let h = c.createHash('md5').update('salt' + password).digest(); for (let i = 0; i < 200; i++) h = c.createHash('md5').update(h).update(password).digest(); return h.toString('hex') === stored;";
    const { right, wrong, trulyRight } = await underEachPlan(compare, hex(stored), [stored]);
    expect([right[0], wrong[0], trulyRight[0]]).toEqual([true, false, true]);
  });

  it('of something else than the password are computed and not counted', async () => {
    const stored = digest('sha1', 'no password in here');
    const compare =
      "return require('crypto').createHash('sha1').update('no password in here').digest('hex') === stored;";
    const { right } = await underEachPlan(compare, hex(stored), [digest('sha1', 'other')]);
    expect(right).toEqual([true, { truly: 0, assumed: 0 }]);
  });
});

it('attempts at once in one isolate do not get each other’s answers', async () => {
  const script = `function login(user, password, callback) {
    require('bcrypt').compare(password, '$2b$04$abcdefghijklmnopqrstuuJ0Wm3sTkQzXk9eB0yH3pS1mJ1yqLqPm', (e, ok) => callback(e, ok));
  }`;
  const runs = await Promise.all(
    Array.from({ length: 40 }, async (_, index) => {
      const password = `password ${index % 10}`;
      const answer = index % 2 === 0 ? 'right' : 'wrong';
      const run = await sandbox.run(script, {
        args: ['ada', password],
        password: new Secret(password),
        passwordChecks: { kind: 'assume', answer, storedDigests: [] },
        detail: 'counts',
      });
      return run.value === (answer === 'right') && run.passwordChecks.assumed === 1;
    }),
  );
  expect(runs).toEqual(runs.map(() => true));
});
