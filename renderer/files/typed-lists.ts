/** Paths that were typed one a line. */
export function pathsOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** `a=1, b=2` as pairs; what has no name or no value is left out. */
export function pairsOf(text: string): Record<string, string> {
  const pairs = text.split(',').flatMap((part): [string, string][] => {
    const at = part.indexOf('=');
    const [name, value] = [part.slice(0, Math.max(0, at)).trim(), part.slice(at + 1).trim()];
    return at === -1 || name === '' || value === '' ? [] : [[name, value]];
  });
  return Object.fromEntries(pairs);
}
