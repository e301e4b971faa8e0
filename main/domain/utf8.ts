const BEYOND_ASCII = /[\u0080-\uffff]/;

/** Bytes that `text` takes in UTF-8; a lone surrogate counts as the three bytes of its replacement. */
export function utf8Length(text: string): number {
  // Most texts are ASCII, and a regular expression finds that out several times faster.
  if (!BEYOND_ASCII.test(text)) return text.length;
  let bytes = text.length;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    if (unit < 0x800) {
      bytes += 1;
    } else if (unit >= 0xd800 && unit < 0xdc00 && isLowSurrogate(text.charCodeAt(i + 1))) {
      bytes += 2;
      i += 1;
    } else {
      bytes += 2;
    }
  }
  return bytes;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}

/**
 * The bytes as text, or null where they are not UTF-8 or hold control characters other than white space: then they
 * are binary data.
 */
export function printableText(bytes: Uint8Array): string | null {
  let text = '';
  for (let i = 0; i < bytes.length; ) {
    const point = codePointAt(bytes, i);
    if (point === null || isControl(point.value)) return null;
    text += String.fromCodePoint(point.value);
    i += point.length;
  }
  return text;
}

function isControl(point: number): boolean {
  const whiteSpace = point === 0x09 || point === 0x0a || point === 0x0d;
  return (point < 0x20 && !whiteSpace) || point === 0x7f;
}

function codePointAt(bytes: Uint8Array, at: number): { value: number; length: number } | null {
  const first = bytes[at]!;
  if (first < 0x80) return { value: first, length: 1 };
  const length =
    first >= 0xf0 && first < 0xf5 ? 4 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xc2 ? 2 : 0;
  if (length === 0 || first >= 0xf5 || at + length > bytes.length) return null;
  let value = first & (0x7f >> length);
  for (let i = 1; i < length; i += 1) {
    const next = bytes[at + i]!;
    if ((next & 0xc0) !== 0x80) return null;
    value = (value << 6) | (next & 0x3f);
  }
  const smallest = [0, 0, 0x80, 0x800, 0x10000][length]!;
  const surrogate = value >= 0xd800 && value < 0xe000;
  return value < smallest || value > 0x10ffff || surrogate ? null : { value, length };
}
