/** BSON as a tap may show it: names and shapes, and kinds and lengths in place of values. */

/** Options whose numbers and switches say how a command works and nothing about anybody. */
const TOLD: ReadonlySet<string> = new Set(
  'limit skip batchSize singleBatch ordered upsert multi sort projection new remove strength maxTimeMS'.split(
    ' ',
  ),
);
const MOST_CHARACTERS = 8000;
const DEEPEST = 12;

export interface BsonElement {
  readonly name: string;
  readonly type: number;
  readonly value: Buffer;
}

const FIXED: Readonly<Record<number, number>> = {
  1: 8,
  6: 0,
  7: 12,
  8: 1,
  9: 8,
  10: 0,
  16: 4,
  17: 8,
  18: 8,
  19: 16,
  127: 0,
  255: 0,
};

const KINDS: Readonly<Record<number, string>> = {
  1: 'number',
  6: 'undefined',
  7: 'ObjectId',
  8: 'boolean',
  9: 'date',
  10: 'null',
  11: 'regular expression',
  16: 'number',
  17: 'timestamp',
  18: 'number',
  19: 'decimal',
  127: 'MaxKey',
  255: 'MinKey',
};

/** Elements of a document, as far as they are there: what was cut off, or is no BSON, ends the list. */
export function* elements(document: Buffer): Generator<BsonElement> {
  for (let at = 4; at < document.length && document[at] !== 0; ) {
    const type = document[at]!;
    const end = document.indexOf(0, at + 1);
    if (end < 0) return;
    const name = document.toString('utf8', at + 1, end);
    const size = valueBytes(type, document, end + 1);
    if (size === null || end + 1 + size > document.length) return;
    yield { name, type, value: document.subarray(end + 1, end + 1 + size) };
    at = end + 1 + size;
  }
}

function valueBytes(type: number, data: Buffer, at: number): number | null {
  const fixed = FIXED[type];
  if (fixed !== undefined) return fixed;
  if (type === 11) {
    const pattern = data.indexOf(0, at);
    const flags = pattern < 0 ? -1 : data.indexOf(0, pattern + 1);
    return flags < 0 ? null : flags + 1 - at;
  }
  if (at + 4 > data.length) return null;
  const length = data.readInt32LE(at);
  if (length < 0) return null;
  if (type === 3 || type === 4 || type === 15) return Math.max(length, 5);
  if (type === 5) return length + 5;
  return type === 2 || type === 13 || type === 14 ? length + 4 : null;
}

/** `{email: text(15), $set: {name: text(3)}}` */
export function maskedDocument(document: Buffer, leaveOut: (name: string) => boolean = () => false): string {
  const parts: string[] = [];
  let length = 0;
  for (const element of elements(document)) {
    if (leaveOut(element.name)) continue;
    const part = `${element.name}: ${masked(element, TOLD.has(element.name), 0)}`;
    length += part.length;
    if (length > MOST_CHARACTERS) return `{${parts.join(', ')}, …}`;
    parts.push(part);
  }
  return `{${parts.join(', ')}}`;
}

function masked({ type, value }: BsonElement, told: boolean, depth: number): string {
  if (type === 3 || type === 4) {
    if (depth >= DEEPEST) return '…';
    const inner = [...elements(value)].map((one) => {
      const text = masked(one, told || TOLD.has(one.name), depth + 1);
      return type === 4 ? text : `${one.name}: ${text}`;
    });
    return type === 4 ? `[${inner.join(', ')}]` : `{${inner.join(', ')}}`;
  }
  if (told && (type === 8 || type === 16 || type === 1)) return String(numberOf({ type, value }));
  if (type === 2 || type === 13 || type === 14) return `text(${Math.max(0, value.length - 5)})`;
  if (type === 5) return `bytes(${value.length - 5})`;
  return KINDS[type] ?? 'value';
}

/** A number or switch; null for anything else. */
export function numberOf({ type, value }: Pick<BsonElement, 'type' | 'value'>): number | boolean | null {
  if (type === 8) return value[0] === 1;
  if (type === 16) return value.readInt32LE(0);
  if (type === 1) return value.readDoubleLE(0);
  return type === 18 ? Number(value.readBigInt64LE(0)) : null;
}

export function textOf({ type, value }: Pick<BsonElement, 'type' | 'value'>): string | null {
  return type === 2 ? value.toString('utf8', 4, value.length - 1) : null;
}
