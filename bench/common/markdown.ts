/** A Markdown table that can be read as it stands, too. `right`: columns of figures. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly string[],
): string {
  const safe = rows.map((row) => row.map((cell) => cell.replaceAll('|', String.raw`\|`)));
  const widths = head.map((name, at) =>
    Math.max(3, name.length, ...safe.map((row) => (row[at] ?? '').length)),
  );
  const isRight = (at: number): boolean => right.includes(head[at]!);
  const line = (cells: readonly string[]): string => {
    const padded = cells.map((cell, at) =>
      isRight(at) ? cell.padStart(widths[at]!) : cell.padEnd(widths[at]!),
    );
    return `| ${padded.join(' | ')} |`;
  };
  const rule = widths.map((width, at) => (isRight(at) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)));
  return [line(head), `| ${rule.join(' | ')} |`, ...safe.map(line)].join('\n');
}
