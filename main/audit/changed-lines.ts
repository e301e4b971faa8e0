const CONTEXT = 3;

export interface Insertion {
  readonly at: number;
  readonly text: string;
}

interface Line {
  readonly before: string;
  /** What stands in its place: more than one line where lines were put in. */
  readonly after: readonly string[];
}

/** A unified diff of insertions, in the order of the text, that leave everything else alone. */
export function changedLines(text: string, insertions: readonly Insertion[]): string {
  const lines = linesWith(text, insertions);
  const changed = lines.flatMap(({ before, after }, index) =>
    after.length === 1 && after[0] === before ? [] : [index],
  );
  const hunks: (readonly [from: number, to: number])[] = [];
  for (const index of changed) {
    const [from, to] = [Math.max(0, index - CONTEXT), Math.min(lines.length, index + CONTEXT + 1)];
    const last = hunks.at(-1);
    if (last !== undefined && from <= last[1]) hunks[hunks.length - 1] = [last[0], to];
    else hunks.push([from, to]);
  }
  return hunks.map(([from, to]) => hunk(lines, from, to)).join('');
}

function linesWith(text: string, insertions: readonly Insertion[]): readonly Line[] {
  let start = 0;
  const parts = text.split('\n');
  if (parts.at(-1) === '') parts.pop();
  return parts.map((before) => {
    const end = start + before.length;
    const own = insertions.filter(({ at }) => at >= start && at <= end);
    let [after, from] = ['', start];
    for (const one of own) {
      after += text.slice(from, one.at) + one.text;
      from = one.at;
    }
    after += text.slice(from, end);
    start = end + 1;
    return { before, after: after.split('\n') };
  });
}

function hunk(lines: readonly Line[], from: number, to: number): string {
  const addedBefore = lines.slice(0, from).reduce((sum, { after }) => sum + after.length - 1, 0);
  const own = lines.slice(from, to);
  const body = own.flatMap(({ before, after }) => {
    if (after.length === 1 && after[0] === before) return [` ${before}`];
    // A line that stays the first of several was only followed by new ones.
    const kept = after[0] === before;
    return kept
      ? [` ${before}`, ...after.slice(1).map((line) => `+${line}`)]
      : [`-${before}`, ...after.map((line) => `+${line}`)];
  });
  const size = own.reduce((sum, { after }) => sum + after.length, 0);
  return [`@@ -${from + 1},${to - from} +${from + 1 + addedBefore},${size} @@`, ...body, ''].join('\n');
}
