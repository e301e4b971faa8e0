/** Cipheriv and Decipheriv: the state of a cipher lives on the host, under an id. */
import { lib } from '../lib/lib.ts';
import {
  asBuffer,
  bufferOf,
  callForBytes,
  callHost,
  inputBytes,
  requireText,
  type BufferLike,
} from './host-crypto.ts';
import { KeyObject } from './keys.ts';

type Done = (error?: unknown) => void;
type CipherOptions = { readonly authTagLength?: number } | undefined;
interface Decoder {
  write(data: unknown): string;
  end(data: unknown): string;
}

const ENCRYPT = 0;
const DECRYPT = 1;

type CipherClass = new (algorithm: string, key: unknown, iv: unknown, options?: CipherOptions) => object;
let classes: { readonly Cipheriv: CipherClass; readonly Decipheriv: CipherClass } | null = null;

const keyBytes = (key: unknown): Uint8Array =>
  key instanceof KeyObject ? KeyObject.bytes(key) : inputBytes(key, undefined, 'key');

export function cipherClasses(): NonNullable<typeof classes> {
  if (classes !== null) return classes;
  const LazyTransform = lib<new (options?: object) => { push(data: unknown): void }>(
    'internal/streams/lazy_transform',
  );

  abstract class Cipher extends LazyTransform {
    readonly #id: number;
    #tag: BufferLike | undefined;
    #decoder: Decoder | null = null;

    constructor(direction: number, algorithm: string, key: unknown, iv: unknown, options: CipherOptions) {
      super(options);
      requireText(algorithm, 'cipher');
      const vector = iv === null ? null : inputBytes(iv, undefined, 'iv');
      this.#id = Number(
        callHost('cipherNew', direction, algorithm, keyBytes(key), vector, options?.authTagLength),
      );
    }

    #decoderFor(encoding: string | undefined): Decoder | null {
      if (encoding === undefined || encoding === 'buffer') return null;
      const { StringDecoder } = lib<{ StringDecoder: new (encoding: string) => Decoder }>('string_decoder');
      this.#decoder ??= new StringDecoder(encoding);
      return this.#decoder;
    }

    update(data: unknown, inputEncoding?: string, outputEncoding?: string): BufferLike | string {
      const bytes = callForBytes('cipherUpd', this.#id, inputBytes(data, inputEncoding));
      return this.#decoderFor(outputEncoding)?.write(bytes) ?? bytes;
    }

    final(outputEncoding?: string): BufferLike | string {
      const last = callHost('cipherFin', this.#id) as { readonly out: Uint8Array; readonly tag?: Uint8Array };
      this.#tag = asBuffer(last.tag) as BufferLike | undefined;
      const bytes = bufferOf(last.out);
      return this.#decoderFor(outputEncoding)?.end(bytes) ?? bytes;
    }

    static set<Self extends Cipher>(cipher: Self, option: string, value: unknown): Self {
      callHost('cipherOpt', cipher.#id, option, value);
      return cipher;
    }
    static tag(cipher: Cipher): BufferLike | undefined {
      return cipher.#tag;
    }
    setAutoPadding(isOn?: boolean): this {
      return Cipher.set(this, 'pad', isOn !== false);
    }
    setAAD(data: unknown): this {
      return Cipher.set(this, 'aad', inputBytes(data, undefined, 'aadbuf'));
    }

    _transform(chunk: unknown, encoding: string, done: Done): void {
      this.push(this.update(chunk, encoding));
      done();
    }
    _flush(done: Done): void {
      try {
        this.push(this.final());
        done();
      } catch (error) {
        done(error);
      }
    }
  }
  class Cipheriv extends Cipher {
    constructor(algorithm: string, key: unknown, iv: unknown, options?: CipherOptions) {
      super(ENCRYPT, algorithm, key, iv, options);
    }
    getAuthTag(): BufferLike | undefined {
      return Cipher.tag(this);
    }
  }
  class Decipheriv extends Cipher {
    constructor(algorithm: string, key: unknown, iv: unknown, options?: CipherOptions) {
      super(DECRYPT, algorithm, key, iv, options);
    }
    setAuthTag(tag: unknown, encoding?: string): this {
      return Cipher.set(this, 'tag', inputBytes(tag, encoding, 'buffer'));
    }
  }
  classes = { Cipheriv, Decipheriv };
  return classes;
}
