import { createHmac, hash } from 'node:crypto';
import { createHMAC, createMD4, createWhirlpool, type IHasher } from 'hash-wasm';

/** Digests by the length they give; the usual one first. */
const BY_SIZE: Readonly<Record<number, readonly string[]>> = {
  16: ['md5', 'md4'],
  20: ['sha1', 'ripemd160'],
  28: ['sha224', 'sha512-224', 'sha3-224'],
  32: ['sha256', 'sha3-256', 'sha512-256', 'blake2s256'],
  48: ['sha384', 'sha3-384'],
  64: ['sha512', 'sha3-512', 'whirlpool', 'blake2b512'],
};

export interface Digests {
  /** Names of the digests that give this many bytes. */
  ofSize(bytes: number): readonly string[];
  digest(name: string, data: Uint8Array): Uint8Array;
  hmac(name: string, key: Uint8Array, data: Uint8Array): Promise<Uint8Array>;
}

/** One-shot digests without any promise in between: the search makes hundreds of thousands of them. */
export async function loadDigests(): Promise<Digests> {
  const wasm: Readonly<Record<string, IHasher>> = {
    md4: await createMD4(),
    whirlpool: await createWhirlpool(),
  };
  const makers: Readonly<Record<string, () => Promise<IHasher>>> = {
    md4: createMD4,
    whirlpool: createWhirlpool,
  };
  return {
    ofSize: (bytes) => BY_SIZE[bytes] ?? [],
    digest: (name, data) => {
      const hasher = wasm[name];
      return hasher === undefined ? hash(name, data, 'buffer') : hasher.init().update(data).digest('binary');
    },
    hmac: async (name, key, data) => {
      const maker = makers[name];
      if (maker === undefined) return createHmac(name, key).update(data).digest();
      const hasher = await createHMAC(maker(), key);
      return hasher.init().update(data).digest('binary');
    },
  };
}
