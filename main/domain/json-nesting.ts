/**
 * Where the brackets of a JSON text are open deeper than `deepest`; null where they never are. What walks through a
 * value level by level, schemas and `JSON.stringify` among it, runs out of stack at some thousand.
 */
export function offsetTooDeep(text: string, deepest: number): number | null {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (quoted) {
      if (sign === '\\') at++;
      else if (sign === '"') quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === '[' || sign === '{') {
      depth++;
      if (depth > deepest) return at;
    } else if (sign === ']' || sign === '}') depth--;
  }
  return null;
}
