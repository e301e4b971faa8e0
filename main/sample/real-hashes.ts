import { createHash, pbkdf2Sync, scryptSync } from 'node:crypto';
import { hashRawSync } from '@node-rs/argon2';
import { hashSync } from '@node-rs/bcrypt';
import {
  HASH_FORMATS,
  HASH_SIZES,
  type HashCost,
  type HashScheme,
  saltText,
  type StoredHash,
} from '#sample/hash-schemes.ts';
import type { Random } from '#sample/random.ts';

/** Fixed text that the sample's proprietary scheme mixes into every round; its login scripts know it too. */
const ACME_PEPPER = 'acme-retail/2012';

/**
 * Low work factors, because several hundred are computed while somebody waits; a few of the usual strength so
 * that true checks have their true price. By number of the account; the last one holds for all that follow.
 */
const ACCOUNT_COSTS: Readonly<Partial<Record<HashScheme, readonly HashCost[]>>> = {
  acme1: [400],
  'pbkdf2-django': [2000],
  'pbkdf2-phc': [2000],
  'bcrypt-2a': [8, 4, 6, 4, 6, 4],
  'bcrypt-2y': [10, 6, 4, 6, 4, 6, 4, 8],
  'bcrypt-2b': [12, 6, 10, 6, 4, 6, 11, 6, 4, 6, 4, 6, 4],
  scrypt: [10, 10, 10, 12],
  argon2id: [4096, 1024, 1024],
};

/** The stored hash of a known password. `nth` counts the accounts of this scheme and picks the work factor. */
export function realHash(scheme: HashScheme, password: string, nth: number, random: Random): StoredHash {
  const salt = random.bytes(HASH_SIZES[scheme][0]);
  const costs = ACCOUNT_COSTS[scheme] ?? [0];
  const cost = costs[nth] ?? costs.at(-1)!;
  if (scheme === 'bcrypt-2a' || scheme === 'bcrypt-2b' || scheme === 'bcrypt-2y') {
    // The three prefixes name one computation for passwords of up to 72 bytes.
    const hash = hashSync(password, cost, salt).replace('$2b$', `$${scheme.slice('bcrypt-'.length)}$`);
    return { pw_hash: hash, pw_salt: null, pw_scheme: 'bcrypt' };
  }
  return HASH_FORMATS[scheme](salt, DIGESTS[scheme](password, salt, cost), cost);
}

type Digest = (password: string, salt: Buffer, cost: HashCost) => Buffer;

const DIGESTS: Readonly<Record<Exclude<HashScheme, `bcrypt-${string}`>, Digest>> = {
  md5: (password) => digest('md5', password),
  sha1: (password) => digest('sha1', password),
  'sha1-salted': (password, salt) => digest('sha1', saltText(salt) + password),
  ssha: (password, salt) => createHash('sha1').update(password).update(salt).digest(),
  sha256: (password) => digest('sha256', password),
  'sha256-salted': (password, salt) => digest('sha256', password + saltText(salt)),
  acme1: (password, salt, rounds) => acmeDigest(password, saltText(salt), rounds),
  'pbkdf2-django': (password, salt, rounds) => pbkdf2Sync(password, saltText(salt), rounds, 32, 'sha256'),
  'pbkdf2-phc': (password, salt, rounds) => pbkdf2Sync(password, salt, rounds, 32, 'sha256'),
  scrypt: (password, salt, log2) => scryptSync(password, salt, 32, { N: 2 ** log2, r: 8, p: 1 }),
  argon2id: (password, salt, memoryCost) =>
    hashRawSync(password, { memoryCost, timeCost: 2, parallelism: 1, outputLen: 32, algorithm: 2, salt }),
};

function digest(algorithm: string, text: string): Buffer {
  return createHash(algorithm).update(text, 'utf8').digest();
}

/** Iterated SHA-256 with a pepper: nothing but the legacy application's own code can check it. */
function acmeDigest(password: string, salt: string, rounds: number): Buffer {
  let state = digest('sha256', `${ACME_PEPPER}:${salt}:${password}`);
  for (let round = 1; round < rounds; round++) {
    state = createHash('sha256').update(state).update(ACME_PEPPER).update(salt).digest();
  }
  return state;
}
