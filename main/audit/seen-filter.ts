/** Bits per expected text, and the most bits: 8 MB. */
const BITS_EACH = 16;
const MOST_BITS = 2 ** 26;

/** FNV-1a. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  // FNV leaves the low bits of short texts alike; one round of mixing spreads them.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

export interface SeenBits {
  readonly once: Uint32Array<ArrayBuffer>;
  readonly twice: Uint32Array<ArrayBuffer>;
}

/** Room for about this many texts, never more than 16 MB. */
export function emptyBits(texts: number): SeenBits {
  const bits = Math.min(MOST_BITS, Math.max(2 ** 16, 2 ** Math.ceil(Math.log2(BITS_EACH * (texts + 1)))));
  return { once: new Uint32Array(bits / 32), twice: new Uint32Array(bits / 32) };
}

/**
 * Remembers in a fixed space whether a text was seen, and whether it was seen twice. May say yes too often, never
 * no: whoever is told yes is looked at closely.
 */
export class SeenFilter {
  readonly bits: SeenBits;

  constructor(bits: SeenBits) {
    this.bits = bits;
  }

  add(text: string | null): void {
    if (text === null) return;
    const hash = hashOf(text);
    if (isSet(this.bits.once, hash)) set(this.bits.twice, hash);
    else set(this.bits.once, hash);
  }

  once(text: string | null): boolean {
    return text !== null && isSet(this.bits.once, hashOf(text));
  }

  twice(text: string | null): boolean {
    return text !== null && isSet(this.bits.twice, hashOf(text));
  }
}

/** Each text has two bits, in one word: a look-up is one access to memory. */
function isSet(words: Uint32Array, hash: number): boolean {
  const bits = bitsOf(hash);
  return (words[wordOf(words, hash)]! & bits) === bits;
}

function set(words: Uint32Array, hash: number): void {
  words[wordOf(words, hash)]! |= bitsOf(hash);
}

/** The number of words is a power of two. */
function wordOf(words: Uint32Array, hash: number): number {
  return Math.imul(hash, 0x9e3779b1) >>> (Math.clz32(words.length) + 1);
}

/** Signed, as the operators of integers are. */
function bitsOf(hash: number): number {
  return (1 << (hash & 31)) | (1 << ((hash >>> 5) & 31));
}
