/** Bits per expected text, and the most bits: 8 MB. */
const BITS_EACH = 16;
const MOST_BITS = 2 ** 26;

/** FNV-1a; 32 bits with a sign, which stay small numbers. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  // FNV leaves the low bits of short texts alike; one round of mixing spreads them.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}

/** Shared memory: threads that bring users together read the same. */
export interface SeenBits {
  readonly once: Uint32Array<SharedArrayBuffer>;
  readonly twice: Uint32Array<SharedArrayBuffer>;
}

/** Room for about this many texts, never more than 16 MB. */
export function emptyBits(texts: number): SeenBits {
  const bits = Math.min(MOST_BITS, Math.max(2 ** 16, 2 ** Math.ceil(Math.log2(BITS_EACH * (texts + 1)))));
  const words = () => new Uint32Array(new SharedArrayBuffer(bits / 8));
  return { once: words(), twice: words() };
}

/**
 * Remembers in a fixed space, by their hashes, whether texts were seen, and whether they were seen twice. May say yes
 * too often, never no: whoever is told yes is looked at closely. A null is no text.
 */
export class SeenFilter {
  readonly bits: SeenBits;

  constructor(bits: SeenBits) {
    this.bits = bits;
  }

  add(hash: number | null): void {
    if (hash === null) return;
    if (isSet(this.bits.once, hash)) set(this.bits.twice, hash);
    else set(this.bits.once, hash);
  }

  once(hash: number | null): boolean {
    return hash !== null && isSet(this.bits.once, hash);
  }

  twice(hash: number | null): boolean {
    return hash !== null && isSet(this.bits.twice, hash);
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
