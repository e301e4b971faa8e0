import { type Bytes, plain } from './bindings/bytes.ts';
import { bufferClass } from './bindings/stream-handle.ts';
import { hostOrThrow } from './host.ts';
import { nodeError } from './lib/lib.ts';
import { refusedModule } from './lib/refusals.ts';
import { processObject } from './process-object.ts';
import { zlibLibrary } from './vendor/vendor.ts';

type Callback = (error: unknown, data?: unknown) => void;
type Input = string | Bytes;

const HOSTED = ['brotliCompress', 'brotliDecompress', 'zstdCompress', 'zstdDecompress'];
const STREAMS = [
  'createBrotliCompress',
  'createBrotliDecompress',
  'createZstdCompress',
  'createZstdDecompress',
];

const LIMITED = ['gunzip', 'inflate', 'inflateRaw', 'unzip'];

const toBuffer = (data: unknown): unknown => bufferClass().from(data as string, 'utf8');
const bytes = (input: Input): Uint8Array =>
  plain(typeof input === 'string' ? bufferClass().from(input, 'utf8') : input);

/** Brotli and Zstandard exist as one-shot calls of the host; their streams do not. */
function hostedCalls(name: string): Record<string, unknown> {
  const sync = (input: Input): unknown => toBuffer(hostOrThrow('zlib', `${name}Sync`, bytes(input)));
  const async = (input: Input, options: unknown, given?: Callback): void => {
    const callback = given ?? (options as Callback);
    let result: unknown;
    try {
      result = sync(input);
    } catch (error) {
      processObject.nextTick(callback, error);
      return;
    }
    processObject.nextTick(callback, null, result);
  };
  return { [`${name}Sync`]: sync, [name]: async };
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

function crc32(input: Input, start = 0): number {
  const lookup = crcTable();
  let value = ~start;
  for (const byte of bytes(input)) value = (lookup[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8);
  return ~value >>> 0;
}

interface ZlibOptions {
  readonly maxOutputLength?: number;
}

function requireWithin(limit: number | undefined, data: unknown): unknown {
  if (limit === undefined || !(data instanceof Uint8Array) || data.length <= limit) return data;
  throw nodeError('ERR_BUFFER_TOO_LARGE', limit);
}

type Sync = (input: Input, options?: ZlibOptions) => unknown;
type Async = (input: Input, options: ZlibOptions | undefined, callback: Callback) => void;

/** The library has no `maxOutputLength`, with which scripts guard against decompression bombs. */
function limitedCalls(library: Readonly<Record<string, unknown>>, name: string): Record<string, unknown> {
  const sync = library[`${name}Sync`] as Sync;
  const async = library[name] as Async;
  return {
    [`${name}Sync`]: (input: Input, options: ZlibOptions = {}) =>
      requireWithin(options.maxOutputLength, sync(input, options)),
    [name](input: Input, options: ZlibOptions | Callback, given?: Callback): void {
      const callback = given ?? (options as Callback);
      const settings = given === undefined ? {} : (options as ZlibOptions);
      async(input, settings, (error, data) => {
        if (error) return callback(error);
        try {
          requireWithin(settings.maxOutputLength, data);
        } catch (tooLarge) {
          return callback(tooLarge);
        }
        return callback(null, data);
      });
    },
  };
}

/** Deflate and gzip in JavaScript (pako), the rest through the host. */
export function zlibModule(allConstants: unknown): Record<string, unknown> {
  const { zlib: constants } = allConstants as { zlib: Record<string, unknown> };
  const hosted = Object.assign({}, ...HOSTED.map(hostedCalls)) as Record<string, unknown>;
  const library = zlibLibrary();
  const own = Object.entries(library).filter(
    ([name]) => !(name in constants) && !name.startsWith('Z_') && name !== 'Zlib',
  );
  const limited = Object.assign({}, ...LIMITED.map((name) => limitedCalls(library, name))) as object;
  const zlib = {
    ...Object.fromEntries(own),
    ...limited,
    ...refusedModule('zlib', STREAMS),
    ...hosted,
    constants,
    crc32,
  };
  for (const [name, value] of Object.entries(constants)) Object.defineProperty(zlib, name, { value });
  return zlib;
}
