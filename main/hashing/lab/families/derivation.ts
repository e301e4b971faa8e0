import { pbkdf2, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { scryptMemory } from '#domain/password/formats/scrypt.ts';
import type { ScryptCost } from '#domain/password/import-object.ts';
import { expressPbkdf2, expressScrypt } from '#hashing/lab/express.ts';
import {
  concat,
  concatCode,
  otherPieces,
  PASSWORD_FORMS,
  type Piece,
  TYPED_PASSWORD,
} from '#hashing/lab/pieces.ts';
import type { Case } from '#hashing/lab/sample.ts';
import { equal, type Family, objectsFor, type Search, shapeOf, wordsOf } from '#hashing/lab/search.ts';

const derivePbkdf2 = promisify(pbkdf2);
const deriveScrypt = promisify<Uint8Array, Uint8Array, number, Parameters<typeof scrypt>[3], Uint8Array>(
  scrypt,
);

const FEW = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 50, 64, 100, 128, 256, 500, 512, 1000, 1024, 2000, 2048, 4000, 4096,
];
const MORE = [
  5000, 8192, 10_000, 10_240, 12_000, 15_000, 16_384, 20_000, 24_000, 25_000, 27_500, 30_000, 32_768,
];
const MANY = [
  40_000, 50_000, 60_000, 64_000, 65_536, 80_000, 100_000, 120_000, 131_072, 150_000, 180_000, 185_000,
  200_000, 210_000, 216_000, 260_000, 310_000, 320_000, 390_000, 500_000, 600_000, 720_000, 870_000,
  1_000_000,
];
const MAIN_DIGESTS = ['sha256', 'sha1', 'sha512'];
const OTHER_DIGESTS = ['sha384', 'sha224', 'md5', 'ripemd160'];
/** Derivations in flight at once: the thread pool has four threads, the machine needs air. */
const WIDTH = 4;

interface Derivation {
  readonly words: string;
  readonly code: string;
  readonly shape: string;
  readonly message: readonly Piece[];
  readonly salt: readonly Piece[];
  derive(password: Uint8Array, salt: Uint8Array, length: number): Promise<Uint8Array>;
  express(one: Case): ReturnType<typeof expressPbkdf2>;
}

async function gives(derivation: Derivation, one: Case): Promise<boolean> {
  const password = concat(derivation.message, one);
  const salt = derivation.salt.length === 0 ? new Uint8Array() : concat(derivation.salt, one);
  if (password === null || salt === null) return false;
  return equal(await derivation.derive(password, salt, one.target.length), one.target);
}

async function tryDerivation(search: Search, cases: readonly Case[], derivation: Derivation): Promise<void> {
  search.pace.stopIfAsked();
  search.pace.count();
  for (const one of cases) if (!(await gives(derivation, one))) return;
  const { words, code, shape } = derivation;
  const salt = derivation.salt.length === 0 ? 'no salt' : wordsOf(derivation.salt);
  search.fits.push({
    family: words,
    words: `${words} of ${wordsOf(derivation.message)}, salt: ${salt}`,
    code: `${code}.toString('${cases[0]!.encoding}')`,
    shape: `${shape}:${shapeOf(derivation.message)}:${shapeOf(derivation.salt)}`,
    encoding: cases[0]!.encoding,
    reading: cases[0]!.reading,
    prelude: cases[0]!.prelude,
    variant: `${wordsOf(derivation.message)}, ${salt}`,
    bits: cases[0]!.target.length * 8,
    objects: objectsFor(cases, (one) => derivation.express(one)),
  });
}

async function inParallel(search: Search, cases: readonly Case[], all: Iterable<Derivation>): Promise<void> {
  let group: Promise<void>[] = [];
  for (const derivation of all) {
    group.push(tryDerivation(search, cases, derivation));
    if (group.length < WIDTH) continue;
    await Promise.all(group);
    group = [];
    await search.pace.breathe();
  }
  await Promise.all(group);
}

function pbkdf2Of(
  digest: string,
  rounds: number,
  message: readonly Piece[],
  salt: readonly Piece[],
): Derivation {
  return {
    words: `PBKDF2-${digest} with ${rounds} rounds`,
    code: `crypto.pbkdf2Sync(${concatCode(message)}, ${salt.length === 0 ? "''" : concatCode(salt)}, ${rounds}, length, '${digest}')`,
    shape: `pbkdf2-${digest}-${rounds}`,
    message,
    salt,
    derive: (password, bytes, length) => derivePbkdf2(password, bytes, rounds, length, digest),
    express: (one) => expressPbkdf2(digest, rounds, salt, message, one),
  };
}

function scryptOf(cost: ScryptCost, message: readonly Piece[], salt: readonly Piece[]): Derivation {
  const { cost: N, blockSize: r, parallelization: p } = cost;
  const maxmem = scryptMemory(N, r, p) + 2 ** 20;
  return {
    words: `scrypt N=${N} r=${r} p=${p}`,
    code: `crypto.scryptSync(${concatCode(message)}, ${salt.length === 0 ? "''" : concatCode(salt)}, length, { N: ${N}, r: ${r}, p: ${p}, maxmem: ${maxmem} })`,
    shape: `scrypt-${N}-${r}-${p}`,
    message,
    salt,
    derive: (password, bytes, length) => deriveScrypt(password, bytes, length, { N, r, p, maxmem }),
    express: (one) => expressScrypt(cost, salt, message, one),
  };
}

/** Salts a derivation may have been given: what the salt column or the stored value holds, joined with a pepper. */
function salts(others: readonly Piece[], wide: boolean): readonly (readonly Piece[])[] {
  const own = others.filter((other) => other.source === 'salt' && !/case|braces|UTF-16/.test(other.words));
  const rest = others.filter(
    (other) => other.source !== 'salt' && other.isText && !/case|braces/.test(other.words),
  );
  const found: (readonly Piece[])[] = own.map((salt) => [salt]);
  if (found.length === 0 || wide) found.push(...rest.map((other) => [other]), []);
  if (wide) for (const salt of own) for (const other of rest) found.push([salt, other], [other, salt]);
  return found;
}

function messages(others: readonly Piece[], wide: boolean): readonly (readonly Piece[])[] {
  const peppers = others.filter(
    (other) => other.source === 'pepper' && other.isText && !/case|braces/.test(other.words),
  );
  const peppered = peppers.flatMap((pepper) => [
    [pepper, TYPED_PASSWORD],
    [TYPED_PASSWORD, pepper],
  ]);
  return [...(wide ? PASSWORD_FORMS.slice(0, 3) : [TYPED_PASSWORD]).map((form) => [form]), ...peppered];
}

const USUAL_SALTS = new Set([4, 8, 10, 12, 16, 20, 24, 32]);

/** Splits of one blob into salt and key are many; derivations are tried only on those that occur in practice. */
function plausible(cases: readonly Case[]): boolean {
  const salt = cases[0]!.saltBytes;
  return salt === null || USUAL_SALTS.has(salt.length);
}

function* pbkdf2s(
  cases: readonly Case[],
  rounds: readonly number[],
  digests: readonly string[],
  wide: boolean,
): Generator<Derivation> {
  const others = otherPieces(cases);
  const inputs = salts(others, wide).flatMap((salt) =>
    messages(others, wide).map((message) => ({ salt, message })),
  );
  for (const count of rounds) {
    for (const digest of digests) {
      for (const { salt, message } of inputs) yield pbkdf2Of(digest, count, message, salt);
    }
  }
}

function pbkdf2Family(
  name: string,
  rounds: readonly number[],
  digests: readonly string[],
  wide: boolean,
): Family {
  return {
    name,
    run: async (search) => {
      for (const cases of search.readings.filter(plausible))
        await inParallel(search, cases, pbkdf2s(cases, rounds, digests, wide));
    },
  };
}

const SCRYPT_COSTS: readonly (readonly [number, number, number])[] = [
  [1024, 8, 1],
  [2048, 8, 1],
  [4096, 8, 1],
  [8192, 8, 1],
  [16_384, 8, 1],
  [16_384, 8, 2],
  [16_384, 8, 4],
  [16_384, 8, 5],
  [16_384, 8, 8],
  [16_384, 8, 16],
  [16_384, 16, 1],
  [1024, 8, 16],
  [2048, 8, 16],
  [32_768, 8, 1],
  [65_536, 8, 1],
  [65_536, 8, 2],
  [131_072, 8, 1],
];

export const pbkdf2Few: Family = pbkdf2Family(
  'PBKDF2 up to 4096 rounds',
  FEW,
  [...MAIN_DIGESTS, ...OTHER_DIGESTS],
  true,
);
export const pbkdf2More: Family = pbkdf2Family(
  'PBKDF2 up to 32768 rounds',
  MORE,
  [...MAIN_DIGESTS, 'sha384'],
  false,
);
export const pbkdf2Many: Family = pbkdf2Family('PBKDF2 up to 1000000 rounds', MANY, MAIN_DIGESTS, false);

export const scrypts: Family = {
  name: 'scrypt',
  run: async (search) => {
    for (const cases of search.readings.filter(plausible)) {
      const others = otherPieces(cases);
      const all = SCRYPT_COSTS.flatMap(([cost, blockSize, parallelization]) =>
        salts(others, false).flatMap((salt) =>
          messages(others, false).map((message) =>
            scryptOf({ cost, blockSize, parallelization }, message, salt),
          ),
        ),
      );
      await inParallel(search, cases, all);
    }
  },
};
