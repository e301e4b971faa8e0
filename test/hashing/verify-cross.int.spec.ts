import * as wasm from 'hash-wasm';
import { expect, test } from 'vitest';
import type {
  CustomPasswordHash,
  HashEncoding,
  PasswordEncoding,
} from '#domain/password/custom-password-hash.ts';
import { Secret } from '#domain/secret.ts';
import { createPasswordVerifier } from '#hashing/verify.ts';

const verifier = createPasswordVerifier();
const s = (value: string): Secret => new Secret(value);

/** A small repeatable generator: failures must come back with the same numbers. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
type Random = ReturnType<typeof random>;
const pick = <T>(next: Random, list: readonly T[]): T => list[next(list.length)]!;

const HASHERS = {
  md4: wasm.createMD4,
  md5: wasm.createMD5,
  ripemd160: wasm.createRIPEMD160,
  sha1: wasm.createSHA1,
  sha224: wasm.createSHA224,
  sha256: wasm.createSHA256,
  sha384: wasm.createSHA384,
  sha512: wasm.createSHA512,
  whirlpool: wasm.createWhirlpool,
} as const;
type Hasher = keyof typeof HASHERS;
const NAMES = Object.keys(HASHERS) as Hasher[];
const PASSWORDS = ['shh', 'correct horse', 'pä$$wörd', 'наш пароль', '😀 smile', 'x'.repeat(90)];
const ENCODINGS: readonly PasswordEncoding[] = ['ascii', 'utf8', 'utf16le', 'ucs2', 'latin1', 'binary'];

async function digest(name: Hasher, data: Uint8Array): Promise<Buffer> {
  const hasher = await HASHERS[name]();
  return Buffer.from(hasher.init().update(data).digest('binary'));
}

function encode(bytes: Buffer, next: Random): { value: Secret; encoding: 'hex' | 'base64' } {
  const encoding = pick(next, ['hex', 'base64'] as const);
  const plain = bytes.toString(encoding);
  const forms = encoding === 'hex' ? [plain, plain.toUpperCase()] : [plain, bytes.toString('base64url')];
  return { value: s(pick(next, forms)), encoding };
}

function saltOf(next: Random): { value: Secret; encoding: HashEncoding; bytes: Buffer } {
  const bytes = Buffer.from(Array.from({ length: 1 + next(24) }, () => 33 + next(90)));
  const encoding = pick(next, ['hex', 'base64', 'utf8'] as const);
  return { value: s(bytes.toString(encoding)), encoding, bytes };
}

async function plainDigest(next: Random, password: string): Promise<CustomPasswordHash> {
  const algorithm = pick(next, ['md4', 'md5', 'sha1', 'sha256', 'sha512'] as const);
  const encoding = pick(next, ENCODINGS);
  const { bytes, ...salt } = saltOf(next);
  const position = pick(next, ['prefix', 'suffix'] as const);
  const secret = Buffer.from(password, encoding);
  const message = Buffer.concat(position === 'prefix' ? [bytes, secret] : [secret, bytes]);
  const hash = encode(await digest(algorithm, message), next);
  return { algorithm, hash, salt: { ...salt, position }, password: { encoding } };
}

async function hmac(next: Random, password: string): Promise<CustomPasswordHash> {
  const name = pick(next, NAMES);
  const encoding = pick(next, ENCODINGS);
  const { bytes, ...key } = saltOf(next);
  const { bytes: saltBytes, ...salt } = saltOf(next);
  const salted = next(2) === 1;
  const message = Buffer.concat([salted ? saltBytes : Buffer.alloc(0), Buffer.from(password, encoding)]);
  const hasher = await wasm.createHMAC(HASHERS[name](), bytes);
  const result = Buffer.from(hasher.init().update(message).digest('binary'));
  return {
    algorithm: 'hmac',
    hash: { ...encode(result, next), digest: name, key },
    ...(salted ? { salt } : {}),
    password: { encoding },
  };
}

const SCHEMES = {
  MD5: 'md5',
  SHA: 'sha1',
  SHA224: 'sha224',
  SHA256: 'sha256',
  SHA384: 'sha384',
  SHA512: 'sha512',
} as const;

async function ldap(next: Random, password: string): Promise<CustomPasswordHash> {
  const scheme = pick(next, Object.keys(SCHEMES) as (keyof typeof SCHEMES)[]);
  const salted = next(2) === 1;
  const salt = salted ? saltOf(next).bytes : Buffer.alloc(0);
  const bytes = await digest(SCHEMES[scheme], Buffer.concat([Buffer.from(password), salt]));
  const value = `{${salted ? 'S' : ''}${scheme}}${Buffer.concat([bytes, salt]).toString('base64')}`;
  return { algorithm: 'ldap', hash: { value: s(value), encoding: 'utf8' } };
}

const ALIASES: readonly (readonly [string, Hasher])[] = [
  ['RSA-MD4', 'md4'],
  ['md4WithRSAEncryption', 'md4'],
  ['RSA-MD5', 'md5'],
  ['ssl3-md5', 'md5'],
  ['ssl3-sha1', 'sha1'],
  ['RSA-SHA1-2', 'sha1'],
  ['sha1WithRSAEncryption', 'sha1'],
  ['rmd160', 'ripemd160'],
  ['ripemd160WithRSA', 'ripemd160'],
  ['RSA-RIPEMD160', 'ripemd160'],
  ['sha224', 'sha224'],
  ['RSA-SHA256', 'sha256'],
  ['sha384WithRSAEncryption', 'sha384'],
  ['sha512', 'sha512'],
  ['whirlpool', 'whirlpool'],
];

const bare = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

async function pbkdf2(next: Random, password: string): Promise<CustomPasswordHash> {
  const [alias, name] = pick(next, ALIASES);
  const iterations = 1 + next(40);
  const length = 8 + next(90);
  const salt = saltOf(next).bytes;
  const options = {
    iterations,
    hashLength: length,
    salt,
    hashFunction: HASHERS[name](),
    outputType: 'binary',
  } as const;
  const key = Buffer.from(await wasm.pbkdf2({ ...options, password: Buffer.from(password) }));
  return {
    algorithm: 'pbkdf2',
    hash: { value: s(`$pbkdf2-${alias}$i=${iterations},l=${length}$${bare(salt)}$${bare(key)}`) },
  };
}

async function scrypt(next: Random, password: string): Promise<CustomPasswordHash> {
  const { bytes, ...salt } = saltOf(next);
  const [cost, blockSize, parallelization, keylen] = [
    2 ** (1 + next(10)),
    1 + next(8),
    1 + next(3),
    16 + next(50),
  ];
  const options = { costFactor: cost, blockSize, parallelism: parallelization, hashLength: keylen } as const;
  const key = await wasm.scrypt({
    ...options,
    password: Buffer.from(password),
    salt: bytes,
    outputType: 'binary',
  });
  return {
    algorithm: 'scrypt',
    hash: encode(Buffer.from(key), next),
    salt,
    keylen,
    cost,
    blockSize,
    parallelization,
  };
}

async function bcrypt(next: Random, password: string): Promise<CustomPasswordHash> {
  const { bytes, ...salt } = saltOf(next);
  const position = pick(next, ['prefix', 'suffix'] as const);
  const secret = Buffer.from(password);
  const input = Buffer.concat(position === 'prefix' ? [bytes, secret] : [secret, bytes]).subarray(0, 72);
  const own = Buffer.from(Array.from({ length: 16 }, () => next(256)));
  const value = await wasm.bcrypt({ password: input, salt: own, costFactor: 4, outputType: 'encoded' });
  const prefix = pick(next, ['$2a$', '$2b$', '$2y$']);
  return { algorithm: 'bcrypt', hash: { value: s(prefix + value.slice(4)) }, salt: { ...salt, position } };
}

async function argon2(next: Random, password: string): Promise<CustomPasswordHash> {
  const lanes = 1 + next(3);
  const value = await pick(next, [wasm.argon2id, wasm.argon2i])({
    password: Buffer.from(password),
    salt: Buffer.from(Array.from({ length: 8 + next(24) }, () => next(256))),
    iterations: 1 + next(3),
    parallelism: lanes,
    memorySize: 8 * lanes + next(64),
    hashLength: 16 + next(48),
    outputType: 'encoded',
  });
  return { algorithm: 'argon2', hash: { value: s(value), encoding: 'utf8' } };
}

const MAKERS = { plainDigest, hmac, ldap, pbkdf2, scrypt, bcrypt, argon2 };

test.each(Object.keys(MAKERS) as (keyof typeof MAKERS)[])(
  '%s made by another library verifies',
  async (name) => {
    const next = random(20_260_701);
    const answers: string[] = [];
    for (let round = 0; round < 40; round++) {
      const password = pick(next, PASSWORDS);
      const object = await MAKERS[name](next, password);
      const right = await verifier.verifyCustomHash(s(password), object);
      const wrong = await verifier.verifyCustomHash(s(`!${password}`), object);
      answers.push(`${right.kind}/${wrong.kind}`);
    }
    expect(answers).toEqual(Array.from({ length: 40 }, () => 'match/mismatch'));
  },
);
