import type { Room } from '#audit/partition-spool.ts';

/*
 * A record: numbers in whole words, then how many characters each present field has, then the text of the fields
 * without anything between them, then the id. What is needed to bring records together can so be read and compared
 * without making a text of anything.
 */
const SIZE = 0;
const ID_HASH = 1;
const FIRST_HASH = 2;
const SECOND_HASH = 3;
const FLAGS = 4;
const FIRST_NUMBER = 5;
const SECOND_NUMBER = 6;
const ABSENT = 7;
const HEAD_BYTES = 8;
const BODY_BYTES = 9;
const ID_BYTES = 10;
const TEXT_BYTES = 11;
const WORDS = 12;
const HEADER = WORDS * 4;

/** The text is ASCII: bytes and characters are the same. */
const ASCII = 1;
/** The text has lone surrogates, which UTF-8 loses: it is UTF-16. The same of the id. */
const WIDE = 2;
const WIDE_ID = 4;
/** Flags of the caller begin here. */
export const OWN_FLAGS = 3;

export interface RecordKeys {
  /** Whole numbers of 32 bits. */
  readonly id: number;
  readonly first: number;
  readonly second: number;
  readonly flags: number;
  readonly numbers: readonly [number, number];
}

/** At most 31 fields. */
export type Fields = readonly (string | null)[];

/** Bytes that a record may take at most. */
export function mostBytes(fields: Fields, id: string): number {
  let characters = id.length;
  for (const field of fields) if (field !== null) characters += field.length;
  return HEADER + 4 * fields.length + 3 * characters + 4;
}

/** Writes a record whose first `head` fields can be compared on their own. Answers where it ends. */
export function putRecord(
  { bytes, words }: Room,
  at: number,
  keys: RecordKeys,
  fields: Fields,
  head: number,
  id: string,
): number {
  const word = at >>> 2;
  let length = word + WORDS;
  let absent = 0;
  let body = '';
  let headLength = 0;
  for (let index = 0; index < fields.length; index++) {
    const field = fields[index] ?? null;
    if (field === null) absent |= 1 << index;
    else {
      words[length++] = field.length;
      body += field;
    }
    if (index === head - 1) headLength = body.length;
  }
  const start = length << 2;
  let flags = keys.flags << OWN_FLAGS;
  let bodyBytes = body === '' ? 0 : bytes.write(body, start, 'utf8');
  let headBytes = headLength;
  if (bodyBytes === body.length) flags |= ASCII;
  else if (body.isWellFormed()) headBytes = Buffer.byteLength(body.slice(0, headLength));
  else {
    flags |= WIDE;
    bodyBytes = bytes.write(body, start, 'utf16le');
    headBytes = headLength * 2;
  }
  const wellFormed = id.isWellFormed();
  if (!wellFormed) flags |= WIDE_ID;
  const idBytes = bytes.write(id, start + bodyBytes, wellFormed ? 'utf8' : 'utf16le');
  const end = (start + bodyBytes + idBytes + 3) & ~3;
  words[word + SIZE] = end - at;
  words[word + ID_HASH] = keys.id;
  words[word + FIRST_HASH] = keys.first;
  words[word + SECOND_HASH] = keys.second;
  words[word + FLAGS] = flags;
  words[word + FIRST_NUMBER] = keys.numbers[0];
  words[word + SECOND_NUMBER] = keys.numbers[1];
  words[word + ABSENT] = absent;
  words[word + HEAD_BYTES] = headBytes;
  words[word + BODY_BYTES] = bodyBytes;
  words[word + ID_BYTES] = idBytes;
  words[word + TEXT_BYTES] = start - at;
  return end;
}

export function sizeOf({ words }: Room, at: number): number {
  return words[(at >>> 2) + SIZE]!;
}

/** As they were given, all but the numbers, which come without a sign. */
export function idHashOf({ words }: Room, at: number): number {
  return words[(at >>> 2) + ID_HASH]!;
}

export function firstHashOf({ words }: Room, at: number): number {
  return words[(at >>> 2) + FIRST_HASH]!;
}

export function secondHashOf({ words }: Room, at: number): number {
  return words[(at >>> 2) + SECOND_HASH]!;
}

export function flagsOf({ words }: Room, at: number): number {
  return words[(at >>> 2) + FLAGS]! >>> OWN_FLAGS;
}

export function firstNumberOf({ words }: Room, at: number): number {
  return words[(at >>> 2) + FIRST_NUMBER]! >>> 0;
}

export function secondNumberOf({ words }: Room, at: number): number {
  return words[(at >>> 2) + SECOND_NUMBER]! >>> 0;
}

export function isAbsent({ words }: Room, at: number, field: number): boolean {
  return (words[(at >>> 2) + ABSENT]! & (1 << field)) !== 0;
}

export function recordId({ bytes, words }: Room, at: number): string {
  const word = at >>> 2;
  const start = textStart(words, word) + words[word + BODY_BYTES]!;
  const wide = (words[word + FLAGS]! & WIDE_ID) !== 0;
  return bytes.toString(wide ? 'utf16le' : 'utf8', start, start + words[word + ID_BYTES]!);
}

/** The fields from `from` up to `to`, which are texts of their own. `head`: how many were written as the head. */
export function recordFields({ bytes, words }: Room, at: number, from: Cut, to: Cut): (string | null)[] {
  const word = at >>> 2;
  const absent = words[word + ABSENT]!;
  const start = textStart(words, word);
  const flags = words[word + FLAGS]!;
  let length = word + WORDS + presentBefore(absent, from.field);
  const text = bytes.toString(
    (flags & ASCII) !== 0 ? 'latin1' : (flags & WIDE) !== 0 ? 'utf16le' : 'utf8',
    start + bytesBefore(words, word, from),
    start + bytesBefore(words, word, to),
  );
  const fields: (string | null)[] = [];
  let done = 0;
  for (let index = from.field; index < to.field; index++) {
    if ((absent & (1 << index)) !== 0) fields.push(null);
    else fields.push(text.slice(done, (done += words[length++]!)));
  }
  return fields;
}

/** Where fields begin or end in every record: at its start, behind its head or at its end. */
export interface Cut {
  readonly place: 'start' | 'head' | 'end';
  /** Number of the first field behind it. */
  readonly field: number;
}

function bytesBefore(words: Int32Array, word: number, { place }: Cut): number {
  if (place === 'start') return 0;
  return words[word + (place === 'head' ? HEAD_BYTES : BODY_BYTES)]!;
}

/** Whether the first `head` fields of two records are the same. False where only a longer look could tell. */
export function sameHead(left: Room, at: number, right: Room, other: number, head: number): boolean {
  const [a, b] = [left.words, right.words];
  const [one, two] = [at >>> 2, other >>> 2];
  const size = a[one + HEAD_BYTES]!;
  const absent = a[one + ABSENT]!;
  if (size !== b[two + HEAD_BYTES]! || ((a[one + FLAGS]! ^ b[two + FLAGS]!) & WIDE) !== 0) return false;
  if (((absent ^ b[two + ABSENT]!) & ((1 << head) - 1)) !== 0) return false;
  const present = presentBefore(absent, head);
  for (let index = 0; index < present; index++) {
    if (a[one + WORDS + index] !== b[two + WORDS + index]) return false;
  }
  return sameBytes(left.bytes, textStart(a, one), right.bytes, textStart(b, two), size);
}

export function sameId(left: Room, at: number, right: Room, other: number): boolean {
  const [a, b] = [left.words, right.words];
  const [one, two] = [at >>> 2, other >>> 2];
  const size = a[one + ID_BYTES]!;
  if (a[one + ID_HASH] !== b[two + ID_HASH] || size !== b[two + ID_BYTES]!) return false;
  if (((a[one + FLAGS]! ^ b[two + FLAGS]!) & WIDE_ID) !== 0) return false;
  const [from, to] = [textStart(a, one) + a[one + BODY_BYTES]!, textStart(b, two) + b[two + BODY_BYTES]!];
  return sameBytes(left.bytes, from, right.bytes, to, size);
}

/** A call into native code would take longer than these few bytes do. */
function sameBytes(a: Uint8Array, from: number, b: Uint8Array, to: number, size: number): boolean {
  for (let index = 0; index < size; index++) if (a[from + index] !== b[to + index]) return false;
  return true;
}

/**
 * Whether a field behind the head begins with all of another one but its last character, which is followed by `,`
 * or `}`: then it is an object that has everything the other object has. False where only a longer look could tell.
 */
export function sameMembers(
  left: Room,
  at: number,
  right: Room,
  other: number,
  head: number,
  field: number,
): boolean {
  if (isAbsent(left, at, field)) return true;
  if (isAbsent(right, other, field)) return false;
  const [a, b] = [left.words, right.words];
  const [one, two] = [at >>> 2, other >>> 2];
  if ((a[one + FLAGS]! & b[two + FLAGS]! & ASCII) === 0) return false;
  const size = asciiLength(a, one, field) - 1;
  if (asciiLength(b, two, field) <= size) return false;
  const to = asciiStart(b, two, head, field);
  const next = right.bytes[to + size];
  if (next !== COMMA && next !== CLOSING) return false;
  return sameBytes(left.bytes, asciiStart(a, one, head, field), right.bytes, to, size);
}

const COMMA = 0x2c;
const CLOSING = 0x7d;

function asciiLength(words: Int32Array, word: number, field: number): number {
  return words[word + WORDS + presentBefore(words[word + ABSENT]!, field)]!;
}

function asciiStart(words: Int32Array, word: number, head: number, field: number): number {
  const absent = words[word + ABSENT]!;
  let start = textStart(words, word) + words[word + HEAD_BYTES]!;
  const end = presentBefore(absent, field);
  for (let index = presentBefore(absent, head); index < end; index++) start += words[word + WORDS + index]!;
  return start;
}

function textStart(words: Int32Array, word: number): number {
  return (word << 2) + words[word + TEXT_BYTES]!;
}

function presentBefore(absent: number, field: number): number {
  return field - bitsIn(absent & ((1 << field) - 1));
}

/** How many bits are set. */
function bitsIn(number: number): number {
  let bits = number - ((number >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
