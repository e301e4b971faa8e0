import { isUtf8 } from 'node:buffer';
import { pbkdf2, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { verify as argon2Verify } from '@node-rs/argon2';
import { hash as bcryptHash, verify as bcryptVerify } from '@node-rs/bcrypt';
import { argon2Verify as argon2VerifyBytes } from 'hash-wasm';
import type { CustomPasswordHash, HashEncoding } from '#domain/password/custom-password-hash.ts';
import { PASSWORD_HASH_PATTERN } from '#domain/password/formats/bcrypt.ts';
import { scryptMemory } from '#domain/password/formats/scrypt.ts';
import { importObjectProblem, readLdap, readPbkdf2 } from '#domain/password/import-rules.ts';
import type { PasswordCode } from '#domain/password/recognition.ts';
import { Secret } from '#domain/secret.ts';
import type { PasswordVerifier, VerifyResult } from '#engine/ports/password-verifier.ts';
import { costProblem } from '#hashing/cost-limits.ts';
import { digestBehind, digestOf, hmacOf, isWasmDigest, sameBytes } from '#hashing/digest.ts';
import { WasmPbkdf2Pool } from '#hashing/wasm-pbkdf2.ts';

const derivePbkdf2 = promisify(pbkdf2);
const deriveScrypt = promisify<Uint8Array, Uint8Array, number, Parameters<typeof scrypt>[3], Uint8Array>(
  scrypt,
);

/** What bcrypt reads; whatever stands behind is ignored without a word, here as in the target. */
const BCRYPT_BYTES = 72;

/** The target hashes at this cost, and takes no other in `password_hash`. */
const BCRYPT_COST = 10;

const outcome = (matches: boolean): VerifyResult => ({ kind: matches ? 'match' : 'mismatch' });
const unusable = (code: PasswordCode, reason: string): VerifyResult => ({ kind: 'unusable', code, reason });

function decode(value: Secret, encoding: HashEncoding | undefined): Buffer {
  return Buffer.from(value.reveal(), encoding ?? 'utf8');
}

function passwordBytes(password: Secret, object: CustomPasswordHash): Buffer {
  return Buffer.from(password.reveal(), object.password?.encoding ?? 'utf8');
}

/** Salt and password in the order the object asks for. */
function salted(password: Secret, object: CustomPasswordHash): Buffer[] {
  const secret = passwordBytes(password, object);
  if (object.salt === undefined) return [secret];
  const salt = decode(object.salt.value, object.salt.encoding);
  return object.salt.position === 'suffix' ? [secret, salt] : [salt, secret];
}

async function checkBcrypt(input: Buffer, hash: string): Promise<VerifyResult> {
  return outcome(await bcryptVerify(input.subarray(0, BCRYPT_BYTES), hash));
}

/** The native library takes only passwords that are UTF-8; other bytes are rare enough for the slow one. */
async function checkArgon2(input: Buffer, hash: string): Promise<VerifyResult> {
  if (isUtf8(input)) return outcome(await argon2Verify(hash, input));
  return outcome(await argon2VerifyBytes({ password: input, hash }));
}

async function checkPlainDigest(password: Secret, object: CustomPasswordHash): Promise<VerifyResult> {
  const computed = await digestOf(object.algorithm, salted(password, object));
  return outcome(sameBytes(computed, decode(object.hash.value, object.hash.encoding)));
}

async function checkHmac(password: Secret, object: CustomPasswordHash): Promise<VerifyResult> {
  const key = decode(object.hash.key!.value, object.hash.key!.encoding);
  const computed = await hmacOf(object.hash.digest!, key, Buffer.concat(salted(password, object)));
  return outcome(sameBytes(computed, decode(object.hash.value, object.hash.encoding)));
}

async function checkLdap(password: Secret, object: CustomPasswordHash): Promise<VerifyResult> {
  const parts = readLdap(object.hash.value.reveal())!;
  const computed = await digestOf(parts.digest, [passwordBytes(password, object), parts.salt]);
  return outcome(sameBytes(computed, parts.hash));
}

async function checkPbkdf2(
  password: Secret,
  object: CustomPasswordHash,
  pool: WasmPbkdf2Pool,
): Promise<VerifyResult> {
  const { digest: alias, iterations, length, salt, key } = readPbkdf2(object.hash.value.reveal())!;
  const digest = digestBehind(alias);
  if (digest === null) return unusable('password.digest-unavailable', `${alias} cannot be computed here`);
  const secret = passwordBytes(password, object);
  const computed = isWasmDigest(digest)
    ? await pool.derive({ digest, password: secret, salt, iterations, length })
    : await derivePbkdf2(secret, salt, iterations, length, digest);
  return outcome(sameBytes(computed, key));
}

async function checkScrypt(password: Secret, object: CustomPasswordHash): Promise<VerifyResult> {
  const { cost = 16_384, blockSize = 8, parallelization = 1, keylen = 0, salt } = object;
  const saltBytes = salt === undefined ? Buffer.alloc(0) : decode(salt.value, salt.encoding);
  const options = {
    N: cost,
    r: blockSize,
    p: parallelization,
    maxmem: scryptMemory(cost, blockSize, parallelization) + 2 ** 20,
  };
  const computed = await deriveScrypt(passwordBytes(password, object), saltBytes, keylen, options);
  return outcome(sameBytes(computed, decode(object.hash.value, object.hash.encoding)));
}

async function verifyObject(
  password: Secret,
  object: CustomPasswordHash,
  pool: WasmPbkdf2Pool,
): Promise<VerifyResult> {
  // Whether an hmac with a salt is refused was decided when the record was imported.
  const wrong = importObjectProblem(object, 'honoured') ?? costProblem(object);
  if (wrong !== null) return { kind: 'unusable', ...wrong };
  switch (object.algorithm) {
    case 'argon2':
      return checkArgon2(passwordBytes(password, object), object.hash.value.reveal());
    case 'bcrypt':
      return checkBcrypt(Buffer.concat(salted(password, object)), object.hash.value.reveal());
    case 'ldap':
      return checkLdap(password, object);
    case 'hmac':
      return checkHmac(password, object);
    case 'pbkdf2':
      return checkPbkdf2(password, object, pool);
    case 'scrypt':
      return checkScrypt(password, object);
    default:
      return checkPlainDigest(password, object);
  }
}

/**
 * The verifier of the user store. Costly checks run on the thread pool (`UV_THREADPOOL_SIZE` bounds them) or on
 * threads of its own, never on the event loop. Objects the target could not use are `unusable`, never an exception.
 */
export function createPasswordVerifier(): PasswordVerifier {
  const pool = new WasmPbkdf2Pool();
  return {
    verifyCustomHash: (password, hash) => verifyObject(password, hash, pool),
    verifyBcrypt: async (password, hash) => {
      const text = hash.reveal();
      if (!PASSWORD_HASH_PATTERN.test(text)) {
        return unusable('password.hash-undecodable', 'password_hash takes bcrypt $2a$ or $2b$ with cost 10');
      }
      if (text.startsWith('$2$')) {
        return unusable(
          'password.bcrypt-prefix-unsupported',
          'prefix $2$ passes the pattern and never verifies',
        );
      }
      return checkBcrypt(Buffer.from(password.reveal()), text);
    },
    hashBcrypt: async (password) => {
      const input = Buffer.from(password.reveal()).subarray(0, BCRYPT_BYTES);
      return new Secret(await bcryptHash(input, BCRYPT_COST));
    },
  };
}
