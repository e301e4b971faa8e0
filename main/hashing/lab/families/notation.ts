import { createHmac } from 'node:crypto';
import type { CustomPasswordHash } from '#domain/password/custom-password-hash.ts';
import { textObject } from '#domain/password/import-object.ts';
import { recogniseHash } from '#domain/password/recognise-hash.ts';
import { Secret } from '#domain/secret.ts';
import { slowInputs } from '#hashing/lab/arrangements.ts';
import { expressNotation } from '#hashing/lab/express.ts';
import {
  concat,
  concatCode,
  constant,
  encodedCode,
  otherPieces,
  type Piece,
  TYPED_PASSWORD,
} from '#hashing/lab/pieces.ts';
import type { Case, LabSample } from '#hashing/lab/sample.ts';
import { type Family, objectsFor, type Search, shapeOf, wordsOf } from '#hashing/lab/search.ts';

const OWN_NOTATION = new Set(['argon2', 'bcrypt', 'pbkdf2', 'scrypt', 'ldap']);
const BCRYPT_INSIDE = /\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}$/;

/** The hash in a notation that says its own algorithm, even where a framework wrote its name before a bcrypt. */
function notationOf(sample: LabSample): CustomPasswordHash | null {
  const { route, confidence } = recogniseHash(sample.stored, sample.salt ?? null, null);
  const inside = BCRYPT_INSIDE.exec(sample.stored.reveal().trim())?.[0];
  if (inside !== undefined) return textObject('bcrypt', inside);
  if (route.kind !== 'custom' || confidence === 'guess' || !OWN_NOTATION.has(route.value.algorithm))
    return null;
  return /^[0-9a-fA-F]+$/.test(sample.stored.reveal().trim()) ? null : route.value;
}

function bitsOf(object: CustomPasswordHash, sample: LabSample): number {
  if (object.algorithm === 'bcrypt') return 184;
  return (recogniseHash(sample.stored, sample.salt ?? null, null).digest?.length ?? 16) * 8;
}

function caseOf(sample: LabSample): Case {
  const texts: Record<string, string> = {};
  if (sample.salt !== undefined) texts['salt'] = sample.salt.reveal();
  if (sample.pepper !== undefined) texts['pepper'] = sample.pepper.reveal();
  for (const name of ['username', 'email', 'realm'] as const) {
    const value = sample.hints?.[name]?.reveal();
    if (value !== undefined) texts[name] = value;
  }
  const password = sample.password.reveal();
  return {
    password,
    target: new Uint8Array(),
    targetText: '',
    encoding: 'hex',
    texts,
    saltBytes: null,
    reading: '',
    prelude: [],
  };
}

/** HMAC of the password under a pepper or a fixed key, as WordPress 6.8 and many home-made schemes put before bcrypt. */
function* keyedInputs(others: readonly Piece[]): Generator<readonly Piece[]> {
  const keys = [constant('wp-sha384'), ...others.filter((other) => !/case|braces|UTF-16/.test(other.words))];
  for (const key of keys) {
    for (const name of key.source === 'constant' ? ['sha384'] : ['sha256', 'sha512', 'sha384', 'sha1']) {
      for (const encoding of ['base64', 'hex', 'binary'] as const) {
        const call = `crypto.createHmac('${name}', ${key.code}).update(${TYPED_PASSWORD.code})`;
        const of = (one: Case): Uint8Array | null => {
          const secret = key.of(one);
          if (secret === null) return null;
          const result = createHmac(name, secret).update(one.password).digest();
          return encoding === 'binary' ? result : Buffer.from(result.toString(encoding));
        };
        const words = `${encoding} HMAC-${name}(key: ${key.words}; password)`;
        const code = encodedCode(call, encoding);
        yield [{ source: 'password', words, code, encoding: null, isText: false, of }];
      }
    }
  }
}

/** Runs arbitrary bytes through the verifier: as Latin-1 text every byte is one letter. */
async function verifies(search: Search, object: CustomPasswordHash, bytes: Uint8Array): Promise<boolean> {
  const secret = new Secret(Buffer.from(bytes).toString('latin1'));
  const result = await search.verifier.verifyCustomHash(secret, {
    ...object,
    password: { encoding: 'latin1' },
  });
  return result.kind === 'match';
}

function compareCode(algorithm: CustomPasswordHash['algorithm'], input: string): string {
  if (algorithm === 'bcrypt') return `await bcrypt.compare(${input}, row.stored.match(/\\$2[aby]\\$.*$/)[0])`;
  if (algorithm === 'argon2') return `await argon2.verify(row.stored, ${input})`;
  return `await verifyAs${algorithm[0]!.toUpperCase()}${algorithm.slice(1)}(row.stored, ${input})`;
}

async function tryInput(
  search: Search,
  objects: readonly CustomPasswordHash[],
  cases: readonly Case[],
  parts: readonly Piece[],
): Promise<void> {
  search.pace.stopIfAsked();
  search.pace.count();
  for (const [i, one] of cases.entries()) {
    const bytes = concat(parts, one);
    if (bytes === null || !(await verifies(search, objects[i]!, bytes))) return;
  }
  const algorithm = objects[0]!.algorithm;
  search.fits.push({
    family: 'own notation',
    words: `${algorithm}(${wordsOf(parts)})`,
    code: compareCode(algorithm, concatCode(parts)),
    shape: `${algorithm}:${shapeOf(parts)}:${parts.map((part) => (part.encoding === null && part.source === 'password' ? part.words : '')).join('')}`,
    encoding: null,
    reading: 'the value names its algorithm',
    prelude: ['const salt = row.salt;'],
    variant: wordsOf(parts),
    bits: bitsOf(objects[0]!, search.samples[0]!),
    objects: objectsFor(cases, (one) => expressNotation(objects[cases.indexOf(one)]!, parts, one)),
  });
}

/** Hashes that say what they are (`$2b$…`, `$argon2id$…`, `{SSHA}…`): only what went in has to be found. */
export const ownNotation: Family = {
  name: 'hashes that name their algorithm',
  run: async (search) => {
    const found = search.samples.map((sample) => notationOf(sample));
    const objects = found.filter((object) => object !== null);
    if (objects.length !== found.length) return;
    const cases = search.samples.map((sample) => caseOf(sample));
    const others = otherPieces(cases);
    for (const parts of [...slowInputs(search.digests, others), ...keyedInputs(others)]) {
      // Everything that leaves the password as typed is tried even after a fit: behind bcrypt's 72 bytes a pepper
      // changes nothing, and that has to be told. Digests of the password could only fit by accident then.
      if (search.fits.length > 0 && parts.every((part) => part.encoding === null)) return;
      await tryInput(search, objects, cases, parts);
      await search.pace.breathe();
    }
  },
};
