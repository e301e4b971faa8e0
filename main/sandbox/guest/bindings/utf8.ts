/** UTF-8 as the WHATWG standard and V8 do it: ill-formed parts become U+FFFD, one per maximal subpart. */
const CHUNK = 4096;

class TextBuilder {
  text = '';
  units: number[] = [];

  add(codePoint: number): void {
    if (codePoint > 0xffff) {
      const rest = codePoint - 0x10000;
      this.units.push(0xd800 | (rest >> 10), 0xdc00 | (rest & 0x3ff));
    } else this.units.push(codePoint);
    if (this.units.length >= CHUNK) this.flush();
  }

  flush(): string {
    this.text += String.fromCharCode.apply(null, this.units);
    this.units = [];
    return this.text;
  }
}

function followers(lead: number): number {
  if (lead >= 0xc2 && lead <= 0xdf) return 1;
  if (lead >= 0xe0 && lead <= 0xef) return 2;
  return lead >= 0xf0 && lead <= 0xf4 ? 3 : 0;
}

const LOWEST: Readonly<Record<number, number>> = { 0xe0: 0xa0, 0xf0: 0x90 };
const HIGHEST: Readonly<Record<number, number>> = { 0xed: 0x9f, 0xf4: 0x8f };
const LEAD_BITS = [0x7f, 0x1f, 0x0f, 0x07];

/** Bytes that the last `readCodePoint` took, well-formed or not. A variable, as a pair per character costs too much. */
let taken = 0;

/** Reads one code point at `at`; -1 for ill-formed input. */
function readCodePoint(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at] ?? 0;
  taken = 1;
  if (lead < 0x80) return lead;
  const count = followers(lead);
  if (count === 0) return -1;
  let codePoint = lead & (LEAD_BITS[count] ?? 0);
  let lowest = LOWEST[lead] ?? 0x80;
  let highest = HIGHEST[lead] ?? 0xbf;
  for (let i = 1; i <= count; i++) {
    const byte = at + i < end ? (bytes[at + i] ?? 0) : -1;
    taken = i;
    if (byte < lowest || byte > highest) return -1;
    codePoint = (codePoint << 6) | (byte & 0x3f);
    lowest = 0x80;
    highest = 0xbf;
  }
  taken = count + 1;
  return codePoint;
}

/** Throws Node's ERR_ENCODING_INVALID_ENCODED_DATA on ill-formed input when `fatal`. */
export function decodeUtf8(bytes: Uint8Array, start: number, end: number, fatal: boolean): string {
  const builder = new TextBuilder();
  for (let at = start; at < end; ) {
    const codePoint = readCodePoint(bytes, at, end);
    if (codePoint < 0 && fatal) {
      const error: TypeError & { code?: string } = new TypeError(
        'The encoded data was not valid for encoding utf-8',
      );
      error.code = 'ERR_ENCODING_INVALID_ENCODED_DATA';
      throw error;
    }
    builder.add(codePoint < 0 ? 0xfffd : codePoint);
    at += taken;
  }
  return builder.flush();
}

export function isWellFormedUtf8(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; ) {
    if (readCodePoint(bytes, at, bytes.length) < 0) return false;
    at += taken;
  }
  return true;
}

export function utf8Length(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    length += unit < 0x800 ? 1 : 2;
    // A pair is two units and four bytes; a lone surrogate is written as U+FFFD, three bytes.
    const isPair = unit >= 0xd800 && unit <= 0xdbff && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00;
    if (isPair) i++;
  }
  return length;
}

const sizeOf = (codePoint: number): number =>
  codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;

function put(target: Uint8Array, at: number, codePoint: number, size: number): void {
  if (size === 1) {
    target[at] = codePoint;
    return;
  }
  const mark = [0, 0, 0xc0, 0xe0, 0xf0][size] ?? 0;
  target[at] = mark | (codePoint >> (6 * (size - 1)));
  for (let i = 1; i < size; i++) target[at + i] = 0x80 | ((codePoint >> (6 * (size - 1 - i))) & 0x3f);
}

/** Writes whole code points while they fit. Lone surrogates become U+FFFD. */
export function encodeUtf8Into(
  text: string,
  target: Uint8Array,
  offset = 0,
  limit = target.length - offset,
): { readonly read: number; readonly written: number } {
  let read = 0;
  let written = 0;
  while (read < text.length) {
    const codePoint = text.codePointAt(read) ?? 0;
    const isLone = codePoint >= 0xd800 && codePoint <= 0xdfff;
    const size = isLone ? 3 : sizeOf(codePoint);
    if (written + size > limit) break;
    put(target, offset + written, isLone ? 0xfffd : codePoint, size);
    written += size;
    read += size === 4 ? 2 : 1;
  }
  return { read, written };
}

export function encodeUtf8(text: string): Uint8Array {
  const bytes = new Uint8Array(utf8Length(text));
  encodeUtf8Into(text, bytes);
  return bytes;
}
