import { closeSync, openSync, readSync, writeSync } from 'node:fs';

/** Characters gathered for all partitions together before they are written, and for one of them. */
const GATHERED = 8 * 1024 * 1024;
const MOST_OF_ONE = 32 * 1024;

/** Where the blocks of each partition lie in the file: offset, length, offset, length, … */
export type BlockTable = readonly (readonly number[])[];

/** Lines sorted into partitions, in one file. Holds one block of each partition in memory, no more. */
export class PartitionSpool {
  readonly #file: number;
  readonly #pending: string[];
  readonly #blocks: number[][];
  readonly #block: number;
  #end = 0;
  #closed = false;

  constructor(path: string, partitions: number) {
    this.#file = openSync(path, 'wx', 0o600);
    this.#pending = Array.from({ length: partitions }, () => '');
    this.#block = Math.min(MOST_OF_ONE, GATHERED / partitions);
    this.#blocks = Array.from({ length: partitions }, () => []);
  }

  add(partition: number, line: string): void {
    const text = `${this.#pending[partition]!}${line}\n`;
    if (text.length < this.#block) this.#pending[partition] = text;
    else this.#write(partition, text);
  }

  /** Writes what is left and closes the file. */
  finish(): BlockTable {
    for (const [partition, text] of this.#pending.entries()) if (text !== '') this.#write(partition, text);
    this.close();
    return this.#blocks;
  }

  /** For a spool that is given up; may come twice. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    closeSync(this.#file);
  }

  #write(partition: number, text: string): void {
    const bytes = Buffer.from(text, 'utf8');
    for (let done = 0; done < bytes.length; ) {
      done += writeSync(this.#file, bytes, done, bytes.length - done, this.#end + done);
    }
    this.#blocks[partition]!.push(this.#end, bytes.length);
    this.#end += bytes.length;
    this.#pending[partition] = '';
  }
}

/** The lines of one partition, in the order they came. */
export function* linesOf(file: number, blocks: readonly number[]): IterableIterator<string> {
  for (let at = 0; at < blocks.length; at += 2) {
    const bytes = Buffer.allocUnsafe(blocks[at + 1]!);
    for (let done = 0; done < bytes.length; ) {
      const read = readSync(file, bytes, done, bytes.length - done, blocks[at]! + done);
      if (read === 0) throw new Error('a work file of the audit is shorter than it was written');
      done += read;
    }
    const lines = bytes.toString('utf8').split('\n');
    lines.pop();
    yield* lines;
  }
}
