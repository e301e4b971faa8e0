import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { addHash, mayHaveHash } from '#domain/text-hash.ts';
import { Fault } from '#engine/fault.ts';

/** Identifiers that wait in memory until they are sorted and written as a run, a power of two: 8 MB of pairs. */
const RUN_ENTRIES = 2 ** 20;
/** Entries of a run that are read at once; the first hash of each such block stays in memory. */
const BLOCK_ENTRIES = 512;
/** Bits for each expected identifier in the filter: about one stranger in seventy is looked for in vain. */
const BITS_EACH = 16;
const NONE = -1;

interface Run {
  /** Where it begins in the file, in bytes. */
  readonly start: number;
  /** The first hash of each block. */
  readonly firsts: Uint32Array;
}

/**
 * Which rows may have an identifier, by its 32-bit hash: never too few, at times one too many. Memory is the filter
 * (six bytes for each expected user) and one run; the rest is sorted runs of pairs in a scratch file. An index in the
 * database itself would rewrite a page for nearly every user.
 */
export class IdentifierIndex {
  readonly #path: string;
  readonly #filter: Uint32Array;
  readonly #runEntries: number;
  readonly #pairs: Uint32Array<ArrayBuffer>;
  readonly #heads: Int32Array;
  readonly #next: Int32Array;
  readonly #block = new Uint32Array(2 * BLOCK_ENTRIES);
  readonly #runs: Run[] = [];
  #file: number | null = null;
  #waiting = 0;

  constructor(path: string, expected: number, runEntries = RUN_ENTRIES) {
    this.#path = path;
    this.#runEntries = runEntries;
    this.#pairs = new Uint32Array(2 * runEntries);
    this.#heads = new Int32Array(runEntries).fill(NONE);
    this.#next = new Int32Array(runEntries);
    const words = Math.max(10, Math.ceil(Math.log2((expected * BITS_EACH) / 32 + 1)));
    this.#filter = new Uint32Array(2 ** words);
  }

  add(hash: number, row: number): void {
    if (this.#waiting === this.#runEntries) this.#seal();
    const at = this.#waiting++;
    this.#pairs[2 * at] = row;
    this.#pairs[2 * at + 1] = hash;
    const slot = this.#slotOf(hash);
    this.#next[at] = this.#heads[slot]!;
    this.#heads[slot] = at;
    addHash(this.#filter, hash);
  }

  mayHave(hash: number): boolean {
    return mayHaveHash(this.#filter, hash);
  }

  /** Rows added under the hash, in ascending order. */
  rowsOf(hash: number): readonly number[] {
    if (!this.mayHave(hash)) return [];
    const wanted = hash >>> 0;
    const rows: number[] = [];
    for (let at = this.#heads[this.#slotOf(hash)]!; at !== NONE; at = this.#next[at]!) {
      if (this.#pairs[2 * at + 1] === wanted) rows.push(this.#pairs[2 * at]!);
    }
    for (const run of this.#runs) this.#collect(run, wanted, rows);
    return rows.sort((a, b) => a - b);
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
    rmSync(this.#path, { force: true });
  }

  /** Pairs are numbers of 64 bits with the hash above, so that sorting them is one call. */
  #seal(): void {
    new BigUint64Array(this.#pairs.buffer).sort();
    const bytes = new Uint8Array(this.#pairs.buffer);
    const start = this.#runs.length * bytes.length;
    this.#write(bytes, start);
    const firsts = new Uint32Array(this.#runEntries / BLOCK_ENTRIES);
    for (let block = 0; block < firsts.length; block++) {
      firsts[block] = this.#pairs[2 * block * BLOCK_ENTRIES + 1]!;
    }
    this.#runs.push({ start, firsts });
    this.#waiting = 0;
    this.#heads.fill(NONE);
  }

  #write(bytes: Uint8Array, position: number): void {
    try {
      this.#file ??= openSync(this.#path, 'w+', 0o600);
      for (let done = 0; done < bytes.length; ) {
        done += writeSync(this.#file, bytes, done, bytes.length - done, position + done);
      }
    } catch (error) {
      throw new Fault('replica-unwritable', 'the identifiers of the users cannot be written', {
        doing: 'looking for duplicates',
        where: this.#path,
        cause: error,
        help: 'Free some space or check the permissions, and go on: everything up to the last batch is kept.',
      });
    }
  }

  #collect({ start, firsts }: Run, wanted: number, rows: number[]): void {
    // The last block that begins below the hash may still end with it.
    let block = Math.max(0, blocksBelow(firsts, wanted) - 1);
    for (; block < firsts.length && firsts[block]! <= wanted; block++) {
      const position = start + block * this.#block.byteLength;
      readSync(this.#file!, this.#block, 0, this.#block.byteLength, position);
      for (let at = 0; at < BLOCK_ENTRIES; at++) {
        if (this.#block[2 * at + 1] === wanted) rows.push(this.#block[2 * at]!);
      }
    }
  }

  #slotOf(hash: number): number {
    return (hash >>> 7) & (this.#runEntries - 1);
  }
}

/** How many blocks begin with a smaller hash. */
function blocksBelow(firsts: Uint32Array, wanted: number): number {
  let [low, high] = [0, firsts.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (firsts[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
