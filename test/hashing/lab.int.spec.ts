import crypto, { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import { compileFunction } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { type LabResult, searchHash } from '#hashing/lab.ts';
import type { LabSample } from '#hashing/lab/sample.ts';
import { createPasswordVerifier } from '#hashing/verify.ts';
import { hex, IMPORTABLE, NOT_IMPORTABLE, PASSWORD, sampleOf } from './lab-samples.ts';

const never = new AbortController().signal;
const search = (samples: readonly LabSample[], timeLimitMs = 60_000): Promise<LabResult> =>
  searchHash(samples, () => {}, never, { timeLimitMs });

describe('computations the import can express', () => {
  test.each(IMPORTABLE)('$name', async ({ sample, mapping }) => {
    const result = await search([sample]);
    expect(result).toMatchObject({ kind: 'one', code: 'password.lab-proven', mapping, openQuestions: [] });
    const [route] = result.kind === 'one' ? result.routes : [];
    const verifier = createPasswordVerifier();
    const check =
      route?.kind === 'custom'
        ? verifier.verifyCustomHash(sample.password, route.value)
        : verifier.verifyBcrypt(sample.password, sample.stored);
    expect(await check).toEqual({ kind: 'match' });
  });
});

describe('computations only a script can do', () => {
  test.each(NOT_IMPORTABLE)('$name', async ({ sample, mapping }) => {
    const result = await search([sample]);
    expect(result).toMatchObject({ kind: 'not-importable', code: 'password.lab-not-importable', mapping });
    expect(result.kind === 'not-importable' && result.sketch).toContain("require('crypto')");
  });
});

describe('samples that do not decide', () => {
  const twin = sampleOf(hex('md5', `anna${PASSWORD}`), { salt: 'anna', username: 'anna' });

  test('user name and salt are the same: it refuses to choose', async () => {
    expect(await search([twin])).toMatchObject({
      kind: 'several',
      code: 'password.lab-ambiguous',
      candidates: [
        { mapping: 'md5(salt + password)', importable: true },
        { mapping: 'md5(username + password)', importable: true },
      ],
      askFor: expect.stringContaining('all differ from each other'),
    });
  });

  test('a second sample decides', async () => {
    const second = sampleOf(hex('md5', `x7${PASSWORD}`), { salt: 'x7', username: 'bert' });
    const result = await search([twin, second]);
    expect(result).toMatchObject({ kind: 'one', mapping: 'md5(salt + password)', openQuestions: [] });
    expect(result.kind === 'one' && result.routes.length).toBe(2);
  });

  test('a second sample that contradicts leaves nothing', async () => {
    const other = sampleOf('x', { salt: 'anna', username: 'anna' });
    expect(await search([twin, other])).toMatchObject({ kind: 'none' });
  });

  test('a plain ASCII password leaves its encoding open', async () => {
    const result = await search([sampleOf(hex('sha1', 'Secret1'), { password: 'Secret1' })]);
    expect(result).toMatchObject({
      kind: 'one',
      mapping: 'sha1(password)',
      openQuestions: [expect.stringContaining('a letter outside ASCII')],
    });
  });

  test('behind 72 bytes a pepper cannot be seen', async () => {
    const { hashSync } = await import('@node-rs/bcrypt');
    const password = 'p'.repeat(80);
    const sample = sampleOf(hashSync(password.slice(0, 72), 4), { password, pepper: 'pepper' });
    const result = await search([sample]);
    expect(result).toMatchObject({ kind: 'several', askFor: expect.stringContaining('short') });
  });
});

describe('no fit', () => {
  test('says what remains and names a format it cannot compute', async () => {
    const crypt =
      '$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjlO/O817G3uBnIFNjnQJuesI68OTLiQFdcbYEdFCoEOfaS35inz1';
    expect(await search([sampleOf(crypt)])).toMatchObject({
      kind: 'none',
      code: 'password.lab-not-found',
      remains: expect.arrayContaining([expect.stringContaining('sha512-crypt')]),
    });
  });

  test('ends when its time is over, and says how far it came', async () => {
    const result = await search([sampleOf(hex('sha256', 'other'), { salt: 'salty' })], 200);
    expect(result).toMatchObject({ kind: 'stopped', reason: 'time' });
    expect(result.total).toBe(result.tried.reduce((sum, { candidates }) => sum + candidates, 0));
    expect(result.notTried).toContain('digests repeated up to 200000 times');
  });

  test('ends when cancelled, after reporting progress', async () => {
    const stop = new AbortController();
    const families: string[] = [];
    const onProgress = ({ family }: { readonly family: string }): void => {
      families.push(family);
      if (family === 'nested digests') stop.abort();
    };
    const result = await searchHash(
      [sampleOf(hex('sha256', 'other'), { salt: 'salty' })],
      onProgress,
      stop.signal,
    );
    expect(result).toMatchObject({ kind: 'stopped', reason: 'cancelled' });
    expect(families.slice(0, 4)).toEqual([
      'values that can be read back',
      'phpass',
      'hashes that name their algorithm',
      'plain digests',
    ]);
  });
});

test('no result shows a password, hash, salt or pepper', async () => {
  const values = {
    password: 'canary-Passwörd',
    salt: 'canary-salt',
    pepper: 'canary-pepper',
    username: 'canary-user',
  };
  const stored = hex('sha256', values.salt, values.pepper, values.password);
  const results = await Promise.all([
    search([sampleOf(stored, values)]),
    search([sampleOf(hex('md5', hex('md5', values.password)), values)]),
    search([sampleOf(hex('md5', `${values.salt}${values.password}`), { ...values, username: values.salt })]),
  ]);
  expect(results.map((result) => result.kind)).toEqual(['one', 'not-importable', 'several']);
  const shown = inspect(results, { depth: 9 }) + JSON.stringify(results);
  expect(shown).not.toMatch(/canary/);
  expect(shown).not.toContain(stored);
});

describe('sketches for login scripts compute the stored value', () => {
  const plain = NOT_IMPORTABLE.filter(({ mapping }) => !/bcrypt|1024/.test(mapping));
  const blob = createHash('sha256').update(
    Buffer.concat([Buffer.from('abcd1234'), Buffer.from(PASSWORD.toUpperCase())]),
  );
  const more = [
    { name: 'salt in the value', sample: sampleOf(`${hex('md5', hex('md5', PASSWORD), 'x9y8z7')}:x9y8z7`) },
    {
      name: 'salt before the digest',
      sample: sampleOf(Buffer.concat([Buffer.from('abcd1234'), blob.digest()]).toString('base64')),
    },
  ];

  test.each([...plain, ...more])('$name', async ({ sample }) => {
    const result = await search([sample]);
    const sketch = result.kind === 'not-importable' ? result.sketch : '';
    const run = compileFunction(`${sketch}\nreturn same;`, ['require', 'row', 'password', 'configuration']);
    const row = { stored: sample.stored.reveal(), salt: sample.salt?.reveal() };
    const typed = sample.password.reveal();
    const answers = [typed, `${typed}x`].map((password) => run(() => crypto, row, password, {}) as boolean);
    expect(answers).toEqual([true, false]);
  });
});
