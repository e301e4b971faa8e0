/**
 * A small reproducible generator (sfc32): only 32-bit integer arithmetic, so one seed gives one sequence on
 * every platform. Not for secrets.
 */
export interface Random {
  /** Unsigned 32-bit integer. */
  next(): number;
  /** Integer from 0 to `limit - 1`. */
  below(limit: number): number;
  pick<T>(values: readonly T[]): T;
  /** One of the values, by integer weight. */
  weighted<T>(choices: readonly (readonly [number, T])[]): T;
  bytes(length: number): Buffer;
}

/** An independent sequence for each (seed, stream): users can be generated in any order. */
export function createRandom(seed: number, stream: number): Random {
  let a = mix(seed ^ 0x9e3779b9);
  let b = mix(stream + 0x85ebca6b);
  let c = mix(a ^ b ^ 0xc2b2ae35);
  let counter = 1;
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  for (let round = 0; round < 12; round++) next();
  const below = (limit: number): number => Math.floor((next() / 4294967296) * limit);
  return {
    next,
    below,
    pick: (values) => values[below(values.length)]!,
    weighted: (choices) => weighted(choices, below),
    bytes: (length) => bytes(length, next),
  };
}

function weighted<T>(choices: readonly (readonly [number, T])[], below: (limit: number) => number): T {
  let total = 0;
  for (const [weight] of choices) total += weight;
  let left = below(total);
  for (const [weight, value] of choices) {
    left -= weight;
    if (left < 0) return value;
  }
  return choices.at(-1)![1];
}

function bytes(length: number, next: () => number): Buffer {
  const padded = Buffer.allocUnsafe((length + 3) & ~3);
  for (let at = 0; at < padded.length; at += 4) padded.writeUInt32LE(next(), at);
  return padded.subarray(0, length);
}

/** Finalizer of MurmurHash3: spreads neighbouring seeds far apart. */
function mix(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
