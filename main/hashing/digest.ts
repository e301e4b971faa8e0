import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createHMAC, createMD4, createWhirlpool, type IHasher } from 'hash-wasm';

/** Digests OpenSSL 3 no longer offers without its legacy provider. */
export const WASM_DIGESTS = { md4: createMD4, whirlpool: createWhirlpool } as const;
export type WasmDigest = keyof typeof WASM_DIGESTS;

export function isWasmDigest(name: string): name is WasmDigest {
  return Object.hasOwn(WASM_DIGESTS, name);
}

function finish(hasher: IHasher, parts: readonly Uint8Array[]): Uint8Array {
  hasher.init();
  for (const part of parts) hasher.update(part);
  return hasher.digest('binary');
}

/** Digest of the joined parts, by its plain name (`md4` … `whirlpool`). */
export async function digestOf(name: string, parts: readonly Uint8Array[]): Promise<Uint8Array> {
  if (isWasmDigest(name)) return finish(await WASM_DIGESTS[name](), parts);
  const hash = createHash(name);
  for (const part of parts) hash.update(part);
  return hash.digest();
}

export async function hmacOf(name: string, key: Uint8Array, message: Uint8Array): Promise<Uint8Array> {
  if (isWasmDigest(name)) return finish(await createHMAC(WASM_DIGESTS[name](), key), [message]);
  return createHmac(name, key).update(message).digest();
}

export function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}

/**
 * The digest behind one of the old OpenSSL names, such as `RSA-SHA1-2` or `ripemd160WithRSA`; null for MDC-2, which
 * nothing here can compute.
 */
export function digestBehind(alias: string): string | null {
  const name = alias
    .replace(/^(RSA|ssl3)-/, '')
    .replace(/WithRSA(Encryption)?$/, '')
    .toLowerCase();
  if (name === 'mdc2') return null;
  if (name === 'ripemd' || name === 'rmd160') return 'ripemd160';
  return name === 'sha1-2' ? 'sha1' : name;
}
