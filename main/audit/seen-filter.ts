const BITS = 26;
const MASK = 2 ** BITS - 1;

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

/**
 * Remembers in a fixed 16 MB whether a text was seen, and whether it was seen twice. May say yes too often, never
 * no: whoever is told yes is looked at closely.
 */
export class SeenFilter {
  readonly bits: SeenBits;

  constructor(bits?: SeenBits) {
    this.bits = bits ?? { once: new Uint32Array(2 ** (BITS - 5)), twice: new Uint32Array(2 ** (BITS - 5)) };
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

function second(hash: number): number {
  return (Math.imul(hash, 0x9e3779b1) >>> 0) & MASK;
}

function isSet(bits: Uint32Array, hash: number): boolean {
  const a = hash & MASK;
  if ((bits[a >>> 5]! & (1 << (a & 31))) === 0) return false;
  const b = second(hash);
  return (bits[b >>> 5]! & (1 << (b & 31))) !== 0;
}

function set(bits: Uint32Array, hash: number): void {
  const a = hash & MASK;
  const b = second(hash);
  bits[a >>> 5]! |= 1 << (a & 31);
  bits[b >>> 5]! |= 1 << (b & 31);
}
