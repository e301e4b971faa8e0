/** Views and copies of bytes. */
export type Bytes = ArrayBufferView | ArrayBufferLike;

export function bytesOf(data: Bytes): Uint8Array {
  if (data instanceof Uint8Array) return data;
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return new Uint8Array(data);
}

/**
 * The same bytes in a buffer of exactly their size. A structured clone of a view copies its whole ArrayBuffer, and
 * Buffers share a pool of 8 KiB, so everything that crosses to the host is cut out first.
 */
export function exact(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : Uint8Array.prototype.slice.call(bytes);
}

/** A plain, exact Uint8Array of a view; subclasses such as Buffer do not survive a structured clone as such. */
export function plain(data: Bytes): Uint8Array {
  const bytes = bytesOf(data);
  return exact(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}

export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference < 0 ? -1 : 1;
  }
  return Math.sign(a.length - b.length);
}
