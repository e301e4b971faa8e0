/* oxlint-disable typescript/unbound-method -- methods are captured here before scripts can replace them, and always called with an explicit `this` */
/** Compression: Node's own `zlib` runs in the guest, the state of each stream lives on the host, under an id. */
import { errorFrom, failureOf, host, hostOrThrow } from '../host.ts';
import { later } from '../runtime.ts';
import { bufferClass } from './stream-handle.ts';
import { type Bytes, bytesOf, plain } from './bytes.ts';

type Answer = { readonly out: Uint8Array; readonly availIn: number } | { readonly error: Failed };
type Failed = readonly [message: string, errno: number, code: string];
type OnError = (...failed: Failed) => void;

/** Per crossing of the border, so that a long input is not copied anew for each piece of output. */
const MOST_INPUT = 64 * 1024;
const MOST_OUTPUT = 256 * 1024;
const NO_FLUSH = 0;

const apply = Reflect.apply;
const set = Uint8Array.prototype.set;
const optionalBytes = (data: Bytes | undefined): Uint8Array | undefined =>
  data === undefined ? undefined : plain(data);

/** What Node's lib takes for a native compression stream. */
abstract class CompressionHandle {
  onerror: OnError | null = null;
  #id = 0;
  #state: Uint32Array = new Uint32Array(2);
  #done: () => void = () => {};

  protected open(mode: number, options: object, state: Uint32Array, done: () => void): void {
    this.#state = state;
    this.#done = done;
    this.#id = Number(hostOrThrow('zlib', 'open', mode, options));
  }

  #run(flush: number, input: Uint8Array, out: Uint8Array): Failed | null {
    let read = 0;
    let written = 0;
    for (;;) {
      const end = Math.min(input.length, read + MOST_INPUT);
      const room = Math.min(out.length - written, MOST_OUTPUT);
      const part = plain(input.subarray(read, end));
      const given = host('zlib', 'write', this.#id, end === input.length ? flush : NO_FLUSH, part, room);
      const failure = failureOf(given);
      if (failure !== null) throw errorFrom(failure);
      const answer = given as Answer;
      if ('error' in answer) return answer.error;
      apply(set, out, [answer.out, written]);
      written += answer.out.length;
      read = end - answer.availIn;
      // What is left unread while there is room belongs to nobody: the stream has ended before its input.
      const isFull = answer.out.length === room;
      if (written === out.length || (!isFull && (answer.availIn > 0 || end === input.length))) break;
    }
    this.#state[0] = out.length - written;
    this.#state[1] = input.length - read;
    return null;
  }

  #write(args: WriteArguments): Failed | null {
    const [flush, input, from, length, out, outFrom, room] = args;
    const source = input ? bytesOf(input).subarray(from, from + length) : new Uint8Array();
    return this.#run(flush, source, bytesOf(out).subarray(outFrom, outFrom + room));
  }

  writeSync(...args: WriteArguments): void {
    const failed = this.#write(args);
    if (failed !== null) this.onerror?.(...failed);
  }

  write(...args: WriteArguments): void {
    const failed = this.#write(args);
    later(() => {
      if (failed === null) apply(this.#done, this, []);
      else this.onerror?.(...failed);
    });
  }

  params(level: number, strategy: number): void {
    hostOrThrow('zlib', 'params', this.#id, level, strategy);
  }

  reset(): void {
    hostOrThrow('zlib', 'reset', this.#id);
  }

  close(): void {
    host('zlib', 'close', this.#id);
  }
}

type WriteArguments = [
  flush: number,
  input: Bytes | null,
  from: number,
  length: number,
  out: Bytes,
  outFrom: number,
  room: number,
];

class Zlib extends CompressionHandle {
  readonly #mode: number;
  constructor(mode: number) {
    super();
    this.#mode = mode;
  }
  init(
    windowBits: number,
    level: number,
    memLevel: number,
    strategy: number,
    state: Uint32Array,
    done: () => void,
    dictionary?: Bytes,
  ): void {
    const options = { windowBits, level, memLevel, strategy, dictionary: optionalBytes(dictionary) };
    this.open(this.#mode, options, state, done);
  }
}

const BROTLI_DECODE = 8;
const BROTLI_ENCODE = 9;
const ZSTD_COMPRESS = 10;
const ZSTD_DECOMPRESS = 11;

class BrotliEncoder extends CompressionHandle {
  init(params: Uint32Array, state: Uint32Array, done: () => void): void {
    this.open(BROTLI_ENCODE, { params: plain(params.slice()) }, state, done);
  }
}

class BrotliDecoder extends CompressionHandle {
  init(params: Uint32Array, state: Uint32Array, done: () => void): void {
    this.open(BROTLI_DECODE, { params: plain(params.slice()) }, state, done);
  }
}

type ZstdArguments = [
  params: Uint32Array,
  size: number | undefined,
  state: Uint32Array,
  done: () => void,
  dictionary?: Bytes,
];

class ZstdCompress extends CompressionHandle {
  init(...[params, size, state, done, dictionary]: ZstdArguments): void {
    const options = { params: plain(params.slice()), size, dictionary: optionalBytes(dictionary) };
    this.open(ZSTD_COMPRESS, options, state, done);
  }
}

class ZstdDecompress extends CompressionHandle {
  init(...[params, , state, done, dictionary]: ZstdArguments): void {
    const options = { params: plain(params.slice()), dictionary: optionalBytes(dictionary) };
    this.open(ZSTD_DECOMPRESS, options, state, done);
  }
}

let table: Uint32Array | null = null;
function crcTable(): Uint32Array {
  table ??= Uint32Array.from({ length: 256 }, (_, start) => {
    let value = start;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
    return value;
  });
  return table;
}

function crc32(data: string | Bytes, start: number): number {
  const lookup = crcTable();
  const input = typeof data === 'string' ? bufferClass().from(data, 'utf8') : data;
  let value = ~start;
  for (const byte of bytesOf(input)) value = (lookup[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8);
  return ~value >>> 0;
}

export const zlibBinding = {
  Zlib,
  BrotliEncoder,
  BrotliDecoder,
  ZstdCompress,
  ZstdDecompress,
  crc32,
};
