import {
  concat,
  concatCode,
  otherPieces,
  PASSWORD_FORMS,
  type Piece,
  TYPED_PASSWORD,
} from '#hashing/lab/pieces.ts';
import type { Case } from '#hashing/lab/sample.ts';
import { equal, type Family, type Search, shapeOf, wordsOf } from '#hashing/lab/search.ts';

/** What one more round does with the result so far. `rest` is what the mode mixes in again. */
interface Mode {
  readonly words: (rest: string) => string;
  readonly code: (rest: string) => string;
  readonly mixes: boolean;
  next(result: Uint8Array, rest: Uint8Array): Uint8Array;
}

const hexOf = (bytes: Uint8Array): Buffer => Buffer.from(Buffer.from(bytes).toString('hex'));
const MODES: readonly Mode[] = [
  { words: () => 'the bytes again', code: () => 'x', mixes: false, next: (x) => x },
  {
    words: () => 'the hex text again',
    code: () => "Buffer.from(x.toString('hex'))",
    mixes: false,
    next: hexOf,
  },
  {
    words: (rest) => `the bytes, then ${rest}`,
    code: (rest) => `Buffer.concat([x, ${rest}])`,
    mixes: true,
    next: (x, rest) => Buffer.concat([x, rest]),
  },
  {
    words: (rest) => `${rest}, then the bytes`,
    code: (rest) => `Buffer.concat([${rest}, x])`,
    mixes: true,
    next: (x, rest) => Buffer.concat([rest, x]),
  },
  {
    words: (rest) => `the hex text, then ${rest}`,
    code: (rest) => `Buffer.concat([Buffer.from(x.toString('hex')), ${rest}])`,
    mixes: true,
    next: (x, rest) => Buffer.concat([hexOf(x), rest]),
  },
  {
    words: (rest) => `${rest}, then the hex text`,
    code: (rest) => `Buffer.concat([${rest}, Buffer.from(x.toString('hex'))])`,
    mixes: true,
    next: (x, rest) => Buffer.concat([rest, hexOf(x)]),
  },
];

interface Loop {
  readonly name: string;
  readonly start: readonly Piece[];
  readonly mode: Mode;
  readonly rest: readonly Piece[];
}

async function roundsOf(search: Search, loop: Loop, one: Case, highest: number): Promise<number | null> {
  const message = concat(loop.start, one);
  const rest = concat(loop.rest, one);
  if (message === null || rest === null) return null;
  let result = search.digests.digest(loop.name, message);
  for (let rounds = 2; rounds <= highest; rounds++) {
    result = search.digests.digest(loop.name, loop.mode.next(result, rest));
    if (equal(result, one.target)) return rounds;
    if ((rounds & 255) === 0 && search.pace.due) await search.pace.breathe();
  }
  return null;
}

async function tryLoop(
  search: Search,
  family: string,
  cases: readonly Case[],
  loop: Loop,
  highest: number,
): Promise<void> {
  search.pace.count(highest - 1);
  if (search.pace.due) await search.pace.breathe();
  const rounds = await roundsOf(search, loop, cases[0]!, highest);
  if (rounds === null) return;
  for (const one of cases.slice(1)) {
    if ((await roundsOf(search, loop, one, rounds)) !== rounds) return;
  }
  const { name, start, mode, rest } = loop;
  const call = (what: string): string => `crypto.createHash('${name}').update(${what}).digest()`;
  search.fits.push({
    family,
    words: `${name}(${wordsOf(start)}), ${rounds} rounds over ${mode.words(wordsOf(rest))}`,
    code: [
      `let x = ${call(concatCode(start))};`,
      `for (let i = 1; i < ${rounds}; i++) x = ${call(mode.code(concatCode(rest)))};`,
      `x.toString('${cases[0]!.encoding}')`,
    ].join('\n'),
    shape: `${name}*${rounds}:${shapeOf(start)}:${mode.words(shapeOf(rest))}`,
    encoding: cases[0]!.encoding,
    reading: cases[0]!.reading,
    prelude: cases[0]!.prelude,
    variant: `${wordsOf(start)} / ${wordsOf(rest)}`,
    bits: cases[0]!.target.length * 8,
    objects: null,
  });
}

/** How wide a loop search is: every combination for few rounds, the common ones for thousands. */
interface Breadth {
  readonly highest: number;
  readonly passwords: readonly Piece[];
  /** Whether salt and pepper may stand around the password, and parts of the start come back alone. */
  readonly wide: boolean;
  readonly mixing: boolean;
}

function* starts(others: readonly Piece[], password: Piece, wide: boolean): Generator<readonly Piece[]> {
  yield [password];
  for (const other of others) {
    yield [other, password];
    yield [password, other];
    if (!wide) continue;
    for (const second of others) {
      if (second.source !== other.source) yield [other, password, second];
    }
  }
}

/** What a mixing mode adds in every round: the whole start again, the password, or any part of the start. */
function restsOf(start: readonly Piece[], password: Piece, breadth: Breadth): readonly (readonly Piece[])[] {
  if (start.length === 1) return [start];
  return [start, ...(breadth.wide ? start.map((part) => [part]) : [[password]])];
}

function* loops(names: readonly string[], others: readonly Piece[], breadth: Breadth): Generator<Loop> {
  for (const password of breadth.passwords) {
    for (const mode of MODES) {
      if (mode.mixes && !breadth.mixing) continue;
      for (const start of starts(others, password, breadth.wide)) {
        const rests = mode.mixes ? restsOf(start, password, breadth) : [start];
        for (const rest of rests) for (const name of names) yield { name, start, mode, rest };
      }
    }
  }
}

function loopFamily(name: string, breadth: Breadth): Family {
  return {
    name,
    run: async (search) => {
      for (const cases of search.readings) {
        const digests = search.digests.ofSize(cases[0]!.target.length).slice(0, 1);
        const others = otherPieces(cases).filter((other) => !/case|UTF-16/.test(other.words));
        for (const loop of loops(digests, others, breadth)) {
          await tryLoop(search, name, cases, loop, breadth.highest);
        }
      }
    },
  };
}

const FORMS = [PASSWORD_FORMS[0]!, PASSWORD_FORMS[1]!, PASSWORD_FORMS[2]!];

export const fewRounds = loopFamily('digests repeated up to 100 times', {
  highest: 100,
  passwords: FORMS,
  wide: true,
  mixing: true,
});
export const someRounds = loopFamily('digests repeated up to 5000 times', {
  highest: 5000,
  passwords: [TYPED_PASSWORD],
  wide: false,
  mixing: true,
});
export const manyRounds = loopFamily('digests repeated up to 200000 times', {
  highest: 200_000,
  passwords: [TYPED_PASSWORD],
  wide: false,
  mixing: false,
});
