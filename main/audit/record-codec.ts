const SEPARATOR = '\u001f';
const BRACKET = 0x5b;
/** Whatever could be taken for a separator or does not survive UTF-8: such records are written as JSON. */
// eslint-disable-next-line no-control-regex -- control characters are exactly what is looked for
const AWKWARD = /[\u0000-\u001e\ud800-\udfff]/;
const MASK_BASE = 36;

/**
 * At most 31 fields and an id as one line. Several times faster than JSON, which it falls back to. The id comes
 * last, so that it can be read without the rest. Before it stands how long the first `head` fields are, so that
 * they can be compared without being taken apart.
 */
export function encodeFields(fields: readonly (string | null)[], id: string, head = 0): string {
  let absent = 0;
  let body = '';
  let headLength = 0;
  let awkward = id.includes(SEPARATOR);
  for (let index = 0; index < fields.length; index++) {
    const field = fields[index] ?? null;
    if (field === null) absent |= 1 << index;
    else {
      awkward ||= field.includes(SEPARATOR);
      body += field;
    }
    body += SEPARATOR;
    if (index === head - 1) headLength = body.length;
  }
  const tail = `${absent.toString(MASK_BASE)}${SEPARATOR}${headLength.toString(MASK_BASE)}`;
  const line = body + tail + SEPARATOR + id;
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

/** Where the first fields of a line end, and which of them are absent; null where the line is JSON. */
export interface LineHead {
  readonly end: number;
  /** One bit for each field of the line. */
  readonly absent: number;
}

export function headOf(line: string): LineHead | null {
  if (line.charCodeAt(0) === BRACKET) return null;
  const id = line.lastIndexOf(SEPARATOR);
  const end = line.lastIndexOf(SEPARATOR, id - 1);
  const absent = line.lastIndexOf(SEPARATOR, end - 1);
  return {
    end: Number.parseInt(line.slice(end + 1, id), MASK_BASE),
    absent: Number.parseInt(line.slice(absent + 1, end), MASK_BASE),
  };
}

/** The first `count` fields alone. */
export function firstFields(line: string, absent: number, count: number): (string | null)[] {
  const parts: (string | null)[] = line.split(SEPARATOR, count);
  for (let index = 0; index < count; index++) if ((absent & (1 << index)) !== 0) parts[index] = null;
  return parts;
}

/** The fields behind the head, which has `before` of them, and after them the tail. */
export function fieldsAfter(line: string, { end, absent }: LineHead, before: number): (string | null)[] {
  const parts: (string | null)[] = line.slice(end).split(SEPARATOR);
  for (let left = absent >>> before; left !== 0; left &= left - 1)
    parts[31 - Math.clz32(left & -left)] = null;
  return parts;
}
