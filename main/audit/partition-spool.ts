import { closeSync, openSync, readSync, writeSync } from 'node:fs';

/** Bytes gathered for all partitions together before they are written, and for one of them. */
const GATHERED = 8 * 1024 * 1024;
const MOST_OF_ONE = 32 * 1024;

/** Records begin at multiples of this, so that their numbers can be read as such. */
export const ALIGNMENT = 4;

/** Where the blocks of each partition lie in the file: offset, length, offset, length, … */
export type BlockTable = readonly (readonly number[])[];

/** Memory as bytes and as whole numbers. */
export interface Room {
  readonly bytes: Buffer;
  readonly words: Int32Array;
}

export function roomFor(bytes: number): Room {
  const memory = new ArrayBuffer(Math.ceil(bytes / ALIGNMENT) * ALIGNMENT);
  return { bytes: Buffer.from(memory), words: new Int32Array(memory) };
}

/** Puts a record at an offset of a room and answers where it ends. */
export type PutRecord = (room: Room, at: number) => number;

/** Records sorted into partitions, in one file. Holds one block of each partition in memory, no more. */
export class PartitionSpool {
  readonly #file: number;
  readonly #room: Room;
  readonly #block: number;
  readonly #used: Int32Array;
  readonly #blocks: number[][];
  #end = 0;
  #closed = false;

  constructor(path: string, partitions: number) {
    this.#block = aligned(Math.min(MOST_OF_ONE, GATHERED / partitions));
    this.#room = roomFor(this.#block * partitions);
    this.#used = new Int32Array(partitions);
    this.#blocks = Array.from({ length: partitions }, () => []);
    this.#file = openSync(path, 'wx', 0o600);
  }

  /** `most`: bytes that the record may take. */
  add(partition: number, most: number, put: PutRecord): void {
    if (this.#used[partition]! + most > this.#block) this.#flush(partition);
    if (most > this.#block) {
      const room = roomFor(most);
      this.#write(partition, room.bytes, 0, put(room, 0));
      return;
    }
    const start = partition * this.#block;
    this.#used[partition] = put(this.#room, start + this.#used[partition]!) - start;
  }

  /** Writes what is left and closes the file. */
  finish(): BlockTable {
    for (let partition = 0; partition < this.#used.length; partition++) this.#flush(partition);
    this.close();
    return this.#blocks;
  }

  /** For a spool that is given up; may come twice. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    closeSync(this.#file);
  }

  #flush(partition: number): void {
    const start = partition * this.#block;
    const length = this.#used[partition]!;
    if (length > 0) this.#write(partition, this.#room.bytes, start, length);
    this.#used[partition] = 0;
  }

  #write(partition: number, bytes: Buffer, start: number, length: number): void {
    for (let done = 0; done < length; ) {
      done += writeSync(this.#file, bytes, start + done, length - done, this.#end + done);
    }
    this.#blocks[partition]!.push(this.#end, length);
    this.#end += length;
  }
}

function aligned(bytes: number): number {
  return Math.floor(bytes / ALIGNMENT) * ALIGNMENT;
}

/** Reads partitions of a finished spool one after the other, into memory that is used again. */
export class PartitionReader {
  readonly #file: number;
  readonly #blocks: BlockTable;
  #room = roomFor(0);

  constructor(path: string, blocks: BlockTable) {
    this.#file = openSync(path, 'r');
    this.#blocks = blocks;
  }

  /** The records of a partition in the order they came, up to `end`; until the next call. */
  read(partition: number): { readonly room: Room; readonly end: number } {
    const blocks = this.#blocks[partition]!;
    let size = 0;
    for (let index = 1; index < blocks.length; index += 2) size += blocks[index]!;
    if (size > this.#room.bytes.length) this.#room = roomFor(size * 1.25);
    let end = 0;
    for (let index = 0; index < blocks.length; index += 2) {
      end = this.#readBlock(blocks[index]!, blocks[index + 1]!, end);
    }
    return { room: this.#room, end };
  }

  #readBlock(offset: number, length: number, to: number): number {
    for (let done = 0; done < length; ) {
      const read = readSync(this.#file, this.#room.bytes, to + done, length - done, offset + done);
      if (read === 0) throw new Error('a work file of the audit is shorter than it was written');
      done += read;
    }
    return to + length;
  }

  close(): void {
    closeSync(this.#file);
  }
}
