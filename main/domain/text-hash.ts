/**
 * Digest of a text, 32 bits with a sign, which stay a small number: FNV-1a, with a last round of mixing that spreads the
 * low bits of short texts. The same text has another digest under another `seed`.
 */
export function textHash(text: string, seed = 0x811c9dc5): number {
  let hash = seed;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}

/** Whether a hash may be among those that `addHash` was given: never no for one that is. */
export function mayHaveHash(words: Uint32Array, hash: number): boolean {
  const bits = bitsOf(hash);
  return (words[wordOf(words, hash)]! & bits) === bits;
}

/** The number of words is a power of two; a hash takes two bits of one word, so that a look-up is one access to memory. */
export function addHash(words: Uint32Array, hash: number): void {
  words[wordOf(words, hash)]! |= bitsOf(hash);
}

function wordOf(words: Uint32Array, hash: number): number {
  return Math.imul(hash, 0x9e3779b1) >>> (Math.clz32(words.length) + 1);
}

/** Signed, as the operators of integers are. */
function bitsOf(hash: number): number {
  return (1 << (hash & 31)) | (1 << ((hash >>> 5) & 31));
}
