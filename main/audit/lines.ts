export interface TextLine {
  /** From 1. */
  readonly line: number;
  /** Null where the line is too long to be anything. */
  readonly text: string | null;
}

/** Lines of a text that comes in pieces, blank ones left out. A line without an end takes no memory. */
export async function* linesIn(text: AsyncIterable<string>, longest: number): AsyncGenerator<TextLine> {
  for await (const lines of linesByPiece(text, longest)) yield* lines;
}

/** The same, as many at a time as there are: waiting for each line would take longer than reading it. */
export async function* linesByPiece(
  text: AsyncIterable<string>,
  longest: number,
): AsyncGenerator<readonly TextLine[]> {
  let rest = '';
  let line = 0;
  let tooLong = false;
  for await (const piece of text) {
    const parts = piece.split('\n');
    parts[0] = rest + parts[0]!;
    rest = parts.pop()!;
    const lines: TextLine[] = [];
    for (const part of parts) {
      line += 1;
      if (tooLong || part.trim() !== '') lines.push({ line, text: tooLong ? null : part });
      tooLong = false;
    }
    if (rest.length > longest) {
      tooLong = true;
      rest = '';
    }
    yield lines;
  }
  if (tooLong || rest.trim() !== '') yield [{ line: line + 1, text: tooLong ? null : rest }];
}
