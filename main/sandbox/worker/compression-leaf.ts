import zlib from 'node:zlib';
import { bytes, exact, field, LeafError, optional, text, whole } from './leaf-arguments.ts';

/** Per container. Each costs up to some hundred kilobytes, a Brotli or Zstandard window some megabytes. */
const MOST_STREAMS = 64;
const MOST_OUTPUT = 1024 * 1024;
/** 32 MB. Both formats know windows of gigabytes, which are refused. */
const MOST_WINDOW_LOG = 25;
const NOT_GIVEN = 0xffff_ffff;

/** What Node's own streams are made of. No public call compresses step by step without a turn of the loop. */
interface NativeHandle {
  onerror: (message: string, errno: number, code: string) => void;
  writeSync(
    flush: number,
    input: Uint8Array,
    from: number,
    length: number,
    out: Uint8Array,
    outFrom: number,
    room: number,
  ): void;
  params?(level: number, strategy: number): void;
  reset(): void;
  close(): void;
}

interface NativeStream {
  readonly _handle: NativeHandle;
  readonly _writeState: Uint32Array;
}

interface Open {
  readonly handle: NativeHandle;
  readonly state: Uint32Array;
}

export type CompressionAnswer =
  | { readonly out: Uint8Array; readonly availIn: number }
  | { readonly error: readonly [message: string, errno: number, code: string] };

type Make = (options: unknown) => object;

const { constants } = zlib;

function zlibOptions(options: unknown): zlib.ZlibOptions {
  const number = (name: string): number => whole(field(options, name), -1, 15);
  const dictionary = optional(field(options, 'dictionary'), bytes);
  return {
    windowBits: number('windowBits'),
    level: number('level'),
    memLevel: number('memLevel'),
    strategy: number('strategy'),
    ...(dictionary === undefined ? {} : { dictionary }),
  };
}

/** Numbers by the number of the parameter, as the lib fills them in; what was not given is all ones. */
function parameters(options: unknown, limited: readonly number[]): Record<number, number> {
  const raw = bytes(field(options, 'params'));
  const chosen: Record<number, number> = {};
  for (let key = 0; key * 4 < raw.length && key < 1024; key++) {
    const value = raw.readUInt32LE(key * 4);
    if (value === NOT_GIVEN) continue;
    if (limited.includes(key) && value > MOST_WINDOW_LOG)
      throw new LeafError('a compression window beyond what the sandbox allows', 'ERR_OUT_OF_RANGE');
    chosen[key] = value;
  }
  return chosen;
}

function brotliOptions(options: unknown): zlib.BrotliOptions {
  const params = parameters(options, [constants.BROTLI_PARAM_LGWIN]);
  if (params[constants.BROTLI_PARAM_LARGE_WINDOW] === 1)
    throw new LeafError('a compression window beyond what the sandbox allows', 'ERR_OUT_OF_RANGE');
  return { params };
}

function zstdOptions(options: unknown, limited: number): zlib.ZstdOptions {
  const params = parameters(options, [limited]);
  const size = optional(field(options, 'size'), (value) => whole(value, 0, Number.MAX_SAFE_INTEGER));
  const dictionary = optional(field(options, 'dictionary'), bytes);
  return {
    params,
    ...(size === undefined ? {} : { pledgedSrcSize: size }),
    ...(dictionary === undefined ? {} : { dictionary }),
  };
}

/** By the mode's number, which Node's lib and its constants share. */
const MAKERS: Readonly<Record<number, Make>> = {
  [constants.DEFLATE]: (options) => zlib.createDeflate(zlibOptions(options)),
  [constants.INFLATE]: (options) => zlib.createInflate(zlibOptions(options)),
  [constants.GZIP]: (options) => zlib.createGzip(zlibOptions(options)),
  [constants.GUNZIP]: (options) => zlib.createGunzip(zlibOptions(options)),
  [constants.DEFLATERAW]: (options) => zlib.createDeflateRaw(zlibOptions(options)),
  [constants.INFLATERAW]: (options) => zlib.createInflateRaw(zlibOptions(options)),
  [constants.UNZIP]: (options) => zlib.createUnzip(zlibOptions(options)),
  [constants.BROTLI_DECODE]: (options) => zlib.createBrotliDecompress(brotliOptions(options)),
  [constants.BROTLI_ENCODE]: (options) => zlib.createBrotliCompress(brotliOptions(options)),
  [constants.ZSTD_COMPRESS]: (options) =>
    zlib.createZstdCompress(zstdOptions(options, constants.ZSTD_c_windowLog)),
  [constants.ZSTD_DECOMPRESS]: (options) => {
    const chosen = zstdOptions(options, constants.ZSTD_d_windowLogMax);
    const params = { [constants.ZSTD_d_windowLogMax]: MOST_WINDOW_LOG, ...chosen.params };
    return zlib.createZstdDecompress({ ...chosen, params });
  },
};

/** The compression streams of one container. */
export class CompressionLeaf {
  readonly #streams = new Map<number, Open>();
  #next = 1;

  run([operation, a, b, c, d]: readonly unknown[]): unknown {
    switch (text(operation, 10)) {
      case 'open':
        return this.#open(whole(a, 1, 11), b);
      case 'write':
        return write(this.#stream(a), whole(b, 0, 6), bytes(c), whole(d, 0, MOST_OUTPUT));
      case 'params':
        this.#stream(a).handle.params?.(whole(b, -1, 9), whole(c, 0, 4));
        return 0;
      case 'reset':
        this.#stream(a).handle.reset();
        return 0;
      case 'close':
        this.#close(whole(a, 0, Number.MAX_SAFE_INTEGER));
        return 0;
      default:
        throw new LeafError('unknown step of a compression');
    }
  }

  close(): void {
    for (const id of this.#streams.keys()) this.#close(id);
  }

  #open(mode: number, options: unknown): number {
    if (this.#streams.size >= MOST_STREAMS)
      throw new LeafError('too many open compression streams', 'ERR_OUT_OF_RANGE');
    const stream = MAKERS[mode]!(options) as NativeStream;
    const id = this.#next++;
    this.#streams.set(id, { handle: stream._handle, state: stream._writeState });
    return id;
  }

  #stream(id: unknown): Open {
    const found = this.#streams.get(whole(id, 1, Number.MAX_SAFE_INTEGER));
    if (found === undefined) throw new LeafError('unknown compression stream');
    return found;
  }

  #close(id: number): void {
    this.#streams.get(id)?.handle.close();
    this.#streams.delete(id);
  }
}

function write({ handle, state }: Open, flush: number, input: Buffer, room: number): CompressionAnswer {
  const out = Buffer.allocUnsafe(room);
  let error: readonly [string, number, string] | null = null;
  const onerror: NativeHandle['onerror'] = (message, errno, code) => (error = [message, errno, code]);
  Object.assign(handle, { onerror });
  handle.writeSync(flush, input, 0, input.length, out, 0, room);
  if (error !== null) return { error };
  const [availOut = 0, availIn = 0] = state;
  return { out: exact(out.subarray(0, room - availOut)), availIn };
}
