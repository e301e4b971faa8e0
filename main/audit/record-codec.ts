const SEPARATOR = '\u001f';
const BRACKET = 0x5b;
/** Whatever could be taken for a separator or does not survive UTF-8: such records are written as JSON. */
// eslint-disable-next-line no-control-regex -- control characters are exactly what is looked for
const AWKWARD = /[\u0000-\u001e\ud800-\udfff]/;
const MASK_BASE = 36;

/**
 * At most 31 fields and an id as one line. Several times faster than JSON, which it falls back to. The id comes
 * last, so that it can be read without the rest.
 */
export function encodeFields(fields: readonly (string | null)[], id: string): string {
  let absent = 0;
  let body = '';
  let awkward = id.includes(SEPARATOR);
  for (let index = 0; index < fields.length; index++) {
    const field = fields[index] ?? null;
    if (field === null) absent |= 1 << index;
    else {
      awkward ||= field.includes(SEPARATOR);
      body += field;
    }
    body += SEPARATOR;
  }
  const line = body + absent.toString(MASK_BASE) + SEPARATOR + id;
  return awkward || line.charCodeAt(0) === BRACKET || AWKWARD.test(line)
    ? JSON.stringify([...fields, id])
    : line;
}

export function idOf(line: string): string {
  if (line.charCodeAt(0) === BRACKET) return (JSON.parse(line) as string[]).at(-1)!;
  return line.slice(line.lastIndexOf(SEPARATOR) + 1);
}

/** The fields in their order, and behind them what only this file knows about. */
export function decodeFields(line: string, count: number): (string | null)[] {
  if (line.charCodeAt(0) === BRACKET) return JSON.parse(line) as (string | null)[];
  const parts: (string | null)[] = line.split(SEPARATOR);
  const absent = Number.parseInt(parts[count]!, MASK_BASE);
  for (let left = absent; left !== 0; left &= left - 1) parts[31 - Math.clz32(left & -left)] = null;
  return parts;
}
