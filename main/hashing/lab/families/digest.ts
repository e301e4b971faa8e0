import { flatArrangements, nestedArrangements } from '#hashing/lab/arrangements.ts';
import { expressDigest } from '#hashing/lab/express.ts';
import { concat, concatCode, otherPieces, type Piece } from '#hashing/lab/pieces.ts';
import type { Case } from '#hashing/lab/sample.ts';
import { equal, type Family, objectsFor, type Search, shapeOf, wordsOf } from '#hashing/lab/search.ts';

function tryArrangement(
  search: Search,
  family: string,
  cases: readonly Case[],
  parts: readonly Piece[],
): void {
  const first = cases[0]!;
  const message = concat(parts, first);
  if (message === null) return;
  for (const name of search.digests.ofSize(first.target.length)) {
    search.pace.count();
    if (!equal(search.digests.digest(name, message), first.target)) continue;
    const all = cases.every((one) => {
      const bytes = concat(parts, one);
      return bytes !== null && equal(search.digests.digest(name, bytes), one.target);
    });
    if (!all) continue;
    search.fits.push({
      family,
      words: `${name}(${wordsOf(parts)})`,
      code: `crypto.createHash('${name}').update(${concatCode(parts)}).digest('${first.encoding}')`,
      shape: `${name}:${shapeOf(parts)}`,
      encoding: first.encoding,
      reading: first.reading,
      prelude: first.prelude,
      variant: wordsOf(parts),
      bits: first.target.length * 8,
      objects: objectsFor(cases, (one) => expressDigest(name, parts, one)),
    });
  }
}

async function tryAll(
  search: Search,
  family: string,
  arrange: (others: readonly Piece[]) => Iterable<readonly Piece[]>,
): Promise<void> {
  for (const cases of search.readings) {
    if (search.digests.ofSize(cases[0]!.target.length).length === 0) continue;
    let turn = 0;
    for (const parts of arrange(otherPieces(cases))) {
      tryArrangement(search, family, cases, parts);
      if ((++turn & 31) === 0) await search.pace.breathe();
    }
  }
}

export const plainDigests: Family = {
  name: 'plain digests',
  run: (search) => tryAll(search, 'plain digests', flatArrangements),
};

export const nestedDigests: Family = {
  name: 'nested digests',
  run: (search) => tryAll(search, 'nested digests', (others) => nestedArrangements(search.digests, others)),
};
