import zlib from 'node:zlib';
import { bytes, exact, LeafError } from './leaf-arguments.ts';

const MOST_OUTPUT_BYTES = 64 * 1024 * 1024;

/** One-shot brotli and zstd; deflate and gzip run in the guest. */
const OPERATIONS: Readonly<Record<string, (data: Buffer) => Buffer>> = {
  brotliCompressSync: (data) => zlib.brotliCompressSync(data),
  brotliDecompressSync: (data) => zlib.brotliDecompressSync(data, { maxOutputLength: MOST_OUTPUT_BYTES }),
  zstdCompressSync: (data) => zlib.zstdCompressSync(data),
  zstdDecompressSync: (data) => zlib.zstdDecompressSync(data, { maxOutputLength: MOST_OUTPUT_BYTES }),
};

export function compressionLeaf(operation: unknown, data: unknown): Uint8Array {
  if (typeof operation !== 'string' || !Object.hasOwn(OPERATIONS, operation)) {
    throw new LeafError('unknown compression');
  }
  return exact(OPERATIONS[operation]!(bytes(data)));
}
