/**
 * Arguments of leaves come from the guest. They are copies, except that a SharedArrayBuffer stays shared: the guest
 * could change it after the check, so data backed by one is refused everywhere.
 */
export class LeafError extends Error {
  readonly code: string;
  constructor(message: string, code = 'ERR_INVALID_ARG_VALUE') {
    super(message);
    this.code = code;
  }
}

export function bytes(value: unknown): Buffer {
  if (value instanceof ArrayBuffer) return Buffer.from(value);
  if (ArrayBuffer.isView(value) && value.buffer instanceof ArrayBuffer) {
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  }
  throw new LeafError('expected bytes', 'ERR_INVALID_ARG_TYPE');
}

/** Text or bytes, as most password functions take them. */
export function textOrBytes(value: unknown): string | Buffer {
  return typeof value === 'string' ? value : bytes(value);
}

export function text(value: unknown, longest = 1_000_000): string {
  if (typeof value !== 'string') throw new LeafError('expected a string', 'ERR_INVALID_ARG_TYPE');
  if (value.length > longest) throw new LeafError('string too long', 'ERR_OUT_OF_RANGE');
  return value;
}

export function whole(value: unknown, least: number, most: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    throw new LeafError('expected a whole number', 'ERR_INVALID_ARG_TYPE');
  }
  if (value < least || value > most)
    throw new LeafError('number beyond what the sandbox allows', 'ERR_OUT_OF_RANGE');
  return value;
}

export function optional<T>(value: unknown, read: (value: unknown) => T): T | undefined {
  return value === undefined || value === null ? undefined : read(value);
}

/** A view of exactly its own bytes: a structured clone of a view copies its whole buffer, a pool of 64 KiB. */
export function exact(value: Uint8Array): Uint8Array {
  return value.byteLength === value.buffer.byteLength && !Buffer.isBuffer(value)
    ? value
    : new Uint8Array(value);
}

/** A property of a plain object from the guest. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

export interface LeafFailure {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly reason?: string;
  readonly library?: string;
}

/**
 * What a guest may know of a failed leaf: the fields that Node's own errors carry, built anew. Errors without a
 * code are not from a checked function, so their text stays here.
 */
export function leafFailure(error: unknown): LeafFailure {
  if (!(error instanceof Error)) return { name: 'Error', message: 'operation failed' };
  const own = error as Error & { code?: unknown; reason?: unknown; library?: unknown };
  const isDom = error instanceof DOMException;
  if (typeof own.code !== 'string' && !isDom) {
    return {
      name: own.name === 'TypeError' || own.name === 'RangeError' ? own.name : 'Error',
      message: plain(own.message),
    };
  }
  return {
    name: own.name,
    message: plain(own.message),
    ...(typeof own.code === 'string' ? { code: own.code } : {}),
    ...(typeof own.reason === 'string' ? { reason: plain(own.reason) } : {}),
    ...(typeof own.library === 'string' ? { library: plain(own.library) } : {}),
  };
}

/** Cuts what looks like a path or a source place out of a message of the host. */
function plain(message: string): string {
  return message
    .split('\n')[0]!
    .replace(/(?:file:\/\/|[A-Za-z]:\\|\/)(?:[\w.@+-]+[\\/])+[\w.@+-]*/g, '…')
    .slice(0, 500);
}
