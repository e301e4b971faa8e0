/** A repeatable stream of whole numbers below a bound: a failure comes back with the same seed. */
export function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
type Numbers = ReturnType<typeof numbersFrom>;

/** What breaks readers: marks, ends of lines, halves of characters, deep and huge values, names of the language. */
const MARKS = [
  '"',
  '""',
  "'",
  ',',
  ';',
  '\t',
  ':',
  '{',
  '}',
  '[',
  ']',
  '\\',
  '\\u0000',
  '\\ud800',
  '/*',
  '//',
];
const CHARACTERS = ['\n', '\r\n', '\r', '\n\n', '\u2028', '\ufeff', '\u0000', '\ud800', 'é', '😀', ' ', '='];
const VALUES = [
  'null',
  'true',
  '-1',
  '0',
  '1e999',
  '12345678901234567890',
  '"__proto__":',
  '"constructor":',
  '{}',
  '[]',
];
const LONG = ['['.repeat(700), '{"a":'.repeat(300), '"'.repeat(99), 'x'.repeat(5_000), ','.repeat(200)];
const PIECES = [...MARKS, ...CHARACTERS, ...VALUES, ...LONG];

/** Samples that were changed in one to four places: cut, repeated, swapped, joined and written over. */
export function* mutations(seed: number, samples: readonly string[], count: number): Generator<string> {
  const next = numbersFrom(seed);
  for (let made = 0; made < count; made += 1) {
    let text = samples[next(samples.length)]!;
    for (let change = next(4) + 1; change > 0; change -= 1) text = changed(text, samples, next);
    yield text;
  }
}

function changed(text: string, samples: readonly string[], next: Numbers): string {
  const at = next(text.length + 1);
  const to = Math.min(text.length, at + next(12));
  switch (next(7)) {
    case 0:
      return text.slice(0, at) + text.slice(to);
    case 1:
      return text.slice(0, at);
    case 2:
      return text.slice(0, to) + text.slice(at);
    case 3: {
      const other = samples[next(samples.length)]!;
      return text.slice(0, at) + other.slice(next(other.length + 1));
    }
    case 4: {
      const lines = text.split('\n');
      lines.splice(next(lines.length), 0, lines[next(lines.length)]!);
      return lines.join('\n');
    }
    case 5:
      return text.slice(0, at) + PIECES[next(PIECES.length)]! + text.slice(to);
    default:
      return text.slice(0, at) + PIECES[next(PIECES.length)]! + text.slice(at);
  }
}

/** The text in up to four pieces, cut anywhere. */
export async function* inPieces(text: string, next: Numbers): AsyncGenerator<string> {
  let rest = text;
  for (let cuts = next(4); cuts > 0; cuts -= 1) {
    const at = next(rest.length + 1);
    yield rest.slice(0, at);
    rest = rest.slice(at);
  }
  yield rest;
}

/** Lines that hold anything, as a reader of lines counts them. */
export function filledLines(text: string): number {
  return text.split('\n').filter((line) => line.trim() !== '').length;
}
