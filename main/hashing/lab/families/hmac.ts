import { expressHmac } from '#hashing/lab/express.ts';
import { concat, concatCode, otherPieces, PASSWORD_FORMS, type Piece } from '#hashing/lab/pieces.ts';
import type { Case } from '#hashing/lab/sample.ts';
import { equal, type Family, objectsFor, type Search, shapeOf, wordsOf } from '#hashing/lab/search.ts';

/** ASP.NET fills the whole key of an HMAC by repeating the salt. */
function repeated(piece: Piece, size: number): Piece {
  return {
    ...piece,
    words: `${piece.words} repeated to ${size} bytes`,
    code: `Buffer.alloc(${size}, ${piece.code})`,
    isText: false,
    of: (one) => {
      const bytes = piece.of(one);
      return bytes === null || bytes.length >= size ? null : Buffer.alloc(size, bytes);
    },
  };
}

function* pairs(
  others: readonly Piece[],
): Generator<readonly [key: readonly Piece[], message: readonly Piece[]]> {
  const keys: (readonly Piece[])[] = others.map((other) => [other]);
  for (const other of others) {
    if (!other.isText) keys.push([repeated(other, 64)], [repeated(other, 128)]);
    for (const second of others) if (second.source !== other.source) keys.push([other, second]);
  }
  for (const password of PASSWORD_FORMS) {
    for (const key of keys) {
      yield [key, [password]];
      for (const other of others) {
        if (key.some((part) => part.source === other.source)) continue;
        yield [key, [other, password]];
        yield [key, [password, other]];
      }
    }
    for (const other of others) yield [[password], [other]];
    yield [[password], [password]];
  }
}

async function tryPair(
  search: Search,
  cases: readonly Case[],
  key: readonly Piece[],
  message: readonly Piece[],
): Promise<void> {
  const compute = async (name: string, one: Case): Promise<Uint8Array | null> => {
    const keyBytes = concat(key, one);
    const bytes = concat(message, one);
    return keyBytes === null || bytes === null ? null : search.digests.hmac(name, keyBytes, bytes);
  };
  const first = cases[0]!;
  for (const name of search.digests.ofSize(first.target.length)) {
    search.pace.count();
    let all = true;
    for (const one of cases) {
      const bytes = await compute(name, one);
      all &&= bytes !== null && equal(bytes, one.target);
      if (!all) break;
    }
    if (!all) continue;
    search.fits.push({
      family: 'hmac',
      words: `HMAC-${name}(key: ${wordsOf(key)}; ${wordsOf(message)})`,
      code: `crypto.createHmac('${name}', ${concatCode(key)}).update(${concatCode(message)}).digest('${first.encoding}')`,
      shape: `hmac-${name}:${shapeOf(key)}:${shapeOf(message)}`,
      encoding: first.encoding,
      reading: first.reading,
      prelude: first.prelude,
      variant: `key ${wordsOf(key)}, ${wordsOf(message)}`,
      bits: first.target.length * 8,
      objects: objectsFor(cases, (one) => expressHmac(name, key, message, one)),
    });
  }
}

export const hmacs: Family = {
  name: 'hmac',
  run: async (search) => {
    for (const cases of search.readings) {
      for (const [key, message] of pairs(otherPieces(cases))) {
        await tryPair(search, cases, key, message);
        if (search.pace.due) await search.pace.breathe();
      }
    }
  },
};
