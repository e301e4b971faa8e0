/** Primitives of the host's crypto, with the guest's errors and Buffers. */
import { type Bytes, plain } from '../bindings/bytes.ts';
import { bufferClass } from '../bindings/stream-handle.ts';
import { dump } from '../dump.ts';
import { errorFrom, hostOrThrow, type Failure } from '../host.ts';
import { lib, nodeError } from '../lib/lib.ts';
import { startOperation } from '../operations.ts';

export type Callback = (error: unknown, value?: unknown) => void;

export interface BufferLike extends Uint8Array {
  toString(encoding?: string): string;
}
interface BufferClass {
  from(
    data: string | Uint8Array | ArrayBufferLike,
    encodingOrOffset?: string | number,
    length?: number,
  ): BufferLike;
  concat(parts: readonly Uint8Array[]): BufferLike;
  compare(a: Uint8Array, b: Uint8Array): number;
}
export const buffers = (): BufferClass => bufferClass() as unknown as BufferClass;

/** The host's bytes as a Buffer over the same memory; anything else as it is. */
export function asBuffer(value: unknown): unknown {
  if (!(value instanceof Uint8Array)) return value;
  return buffers().from(value.buffer, value.byteOffset, value.byteLength);
}

export const bufferOf = (bytes: Uint8Array): BufferLike => asBuffer(bytes) as BufferLike;

export function output(bytes: Uint8Array, encoding: string | undefined): BufferLike | string {
  const buffer = bufferOf(bytes);
  return encoding === undefined || encoding === 'buffer' ? buffer : buffer.toString(encoding);
}

export const callHost = (name: string, ...args: unknown[]): unknown =>
  asBuffer(hostOrThrow('crypto', name, ...args));

export const callForBytes = (name: string, ...args: unknown[]): BufferLike =>
  callHost(name, ...args) as BufferLike;

/** The answer comes in a later turn, computed on the host's thread pool. */
export function callLater(name: string, args: readonly unknown[], callback: Callback): void {
  startOperation(name, args, (error, value) => {
    if (!error) return callback(null, asBuffer(value));
    const failure = error as Failure;
    return callback(
      Object.assign(errorFrom(failure), failure.name === undefined ? {} : { name: failure.name }),
    );
  });
}

const KINDS = ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'];

const isBytes = (value: unknown): value is Bytes => ArrayBuffer.isView(value) || value instanceof ArrayBuffer;

/** Text in an encoding or bytes, as an exact plain array; Node's ERR_INVALID_ARG_TYPE for anything else. */
export function inputBytes(
  data: unknown,
  encoding?: string,
  name = 'data',
  kinds: readonly string[] = KINDS,
): Uint8Array {
  if (typeof data === 'string')
    return plain(buffers().from(data, encoding === 'buffer' ? 'utf8' : (encoding ?? 'utf8')));
  if (isBytes(data)) return plain(data);
  throw nodeError('ERR_INVALID_ARG_TYPE', name, kinds, data);
}

export function requireFunction(value: unknown, name = 'callback'): asserts value is Callback {
  lib<{ validateFunction(value: unknown, name: string): void }>('internal/validators').validateFunction(
    value,
    name,
  );
}

export function requireText(value: unknown, name: string): asserts value is string {
  lib<{ validateString(value: unknown, name: string): void }>('internal/validators').validateString(
    value,
    name,
  );
}

const hashes = new Set(dump.hashes().map((name) => name.toLowerCase()));
export const isHash = (name: unknown): boolean => hashes.has(String(name).toLowerCase());

export function requireDigest(name: unknown): asserts name is string {
  requireText(name, 'digest');
  if (!isHash(name)) throw nodeError('ERR_CRYPTO_INVALID_DIGEST', name);
}
