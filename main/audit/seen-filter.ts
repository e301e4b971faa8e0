import { addHash, mayHaveHash } from '#domain/text-hash.ts';

/** Bits per expected text, and the most bits: 8 MB. */
const BITS_EACH = 16;
const MOST_BITS = 2 ** 26;

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
    if (mayHaveHash(this.bits.once, hash)) addHash(this.bits.twice, hash);
    else addHash(this.bits.once, hash);
  }

  once(hash: number | null): boolean {
    return hash !== null && mayHaveHash(this.bits.once, hash);
  }

  twice(hash: number | null): boolean {
    return hash !== null && mayHaveHash(this.bits.twice, hash);
  }
}
