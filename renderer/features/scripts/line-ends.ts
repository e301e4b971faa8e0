export type LineEnd = '\n' | '\r\n';

/** The line end of a file: the one of its first line. The editor itself knows only LF. */
export function endsOf(text: string): LineEnd {
  return /^[^\n]*\r\n/.test(text) ? '\r\n' : '\n';
}

export function withEnds(text: string, end: LineEnd): string {
  return text.replaceAll(/\r\n?|\n/g, end);
}
