/** Classic Diffie-Hellman: the numbers are here, the host calculates with them. */
import { lib, nodeError } from '../lib/lib.ts';
import { bufferOf, callForBytes, callHost, inputBytes, output, type BufferLike } from './host-crypto.ts';
import { KeyObject } from './keys.ts';

interface Group {
  readonly prime: Uint8Array;
  readonly generator: Uint8Array;
  readonly verifyError: number;
}
type Source = string | number | Uint8Array;

/** In Node these come from C++, with a text of their own. */
const missingKey = (kind: string): Error =>
  Object.assign(new Error(`No ${kind} key - did you forget to generate one?`), {
    code: 'ERR_CRYPTO_INVALID_STATE',
  });

const given = (key: unknown, encoding: string | undefined): Uint8Array => inputBytes(key, encoding, 'key');

class Exchange {
  readonly verifyError!: number;
  readonly #source: Source;
  readonly #group: Group;
  protected privateKey: Uint8Array | null = null;
  protected publicKey: Uint8Array | null = null;

  constructor(source: Source, generator: number | Uint8Array) {
    const group = callHost('dh', source, generator, 'new') as Group;
    this.#group = group;
    // A prime that was found for a size is from now on one that is given.
    this.#source = typeof source === 'number' ? inputBytes(group.prime) : source;
    Object.defineProperty(this, 'verifyError', { value: group.verifyError, enumerable: true });
    for (const field of ['privateKey', 'publicKey'])
      Object.defineProperty(this, field, { enumerable: false, writable: true });
  }

  #ask(step: string, other?: Uint8Array): unknown {
    const generator = inputBytes(this.#group.generator);
    return callHost('dh', this.#source, generator, step, this.privateKey, other);
  }

  generateKeys(encoding?: string): BufferLike | string {
    const pair = this.#ask('gen') as { readonly priv: Uint8Array; readonly pub: Uint8Array };
    this.privateKey = pair.priv;
    this.publicKey = pair.pub;
    return output(pair.pub, encoding);
  }

  computeSecret(key: unknown, inputEncoding?: string, outputEncoding?: string): BufferLike | string {
    return output(this.#ask('sec', given(key, inputEncoding)) as Uint8Array, outputEncoding);
  }

  getPrime(encoding?: string): BufferLike | string {
    return output(bufferOf(this.#group.prime), encoding);
  }

  getGenerator(encoding?: string): BufferLike | string {
    return output(bufferOf(this.#group.generator), encoding);
  }

  getPublicKey(encoding?: string): BufferLike | string {
    if (this.publicKey === null) throw missingKey('public');
    return output(this.publicKey, encoding);
  }

  getPrivateKey(encoding?: string): BufferLike | string {
    if (this.privateKey === null) throw missingKey('private');
    return output(this.privateKey, encoding);
  }
}

export class DiffieHellmanGroup extends Exchange {
  constructor(name: string) {
    lib<{ validateString(value: unknown, name: string): void }>('internal/validators').validateString(
      name,
      'name',
    );
    super(name, 2);
  }
}

const SOURCES = ['number', 'string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'];
const DEFAULT_GENERATOR = 2;

function readNumber(value: unknown, encoding: unknown, name: string): number | Uint8Array {
  if (typeof value === 'number') {
    lib<{ validateInt32(value: unknown, name: string): void }>('internal/validators').validateInt32(
      value,
      name,
    );
    return value;
  }
  const known = typeof encoding === 'string' && encoding !== 'buffer' ? encoding : undefined;
  return inputBytes(value, known, name, SOURCES);
}

export class DiffieHellman extends Exchange {
  constructor(sizeOrKey: unknown, keyEncoding?: unknown, generator?: unknown, generatorEncoding?: unknown) {
    // The encoding may be left out, which moves the generator one place up.
    const isEncoding =
      typeof keyEncoding === 'string' &&
      (keyEncoding === 'buffer' ||
        lib<{ Buffer: { isEncoding(name: string): boolean } }>('buffer').Buffer.isEncoding(keyEncoding));
    const [base, baseEncoding] =
      isEncoding || !keyEncoding ? [generator, generatorEncoding] : [keyEncoding, generator];
    const source = readNumber(sizeOrKey, isEncoding ? keyEncoding : undefined, 'sizeOrKey');
    super(source, base ? readNumber(base, baseEncoding, 'generator') : DEFAULT_GENERATOR);
  }

  setPublicKey(key: unknown, encoding?: string): this {
    this.publicKey = given(key, encoding);
    return this;
  }

  setPrivateKey(key: unknown, encoding?: string): this {
    this.privateKey = given(key, encoding);
    return this;
  }
}

const AGREEING = new Set(['dh', 'ec', 'x448', 'x25519']);

export function diffieHellman(options: {
  readonly privateKey: unknown;
  readonly publicKey: unknown;
}): unknown {
  lib<{ validateObject(value: unknown, name: string): void }>('internal/validators').validateObject(
    options,
    'options',
  );
  const { privateKey, publicKey } = options;
  if (!(privateKey instanceof KeyObject))
    throw nodeError('ERR_INVALID_ARG_VALUE', 'options.privateKey', privateKey);
  if (!(publicKey instanceof KeyObject))
    throw nodeError('ERR_INVALID_ARG_VALUE', 'options.publicKey', publicKey);
  if (privateKey.type !== 'private')
    throw nodeError('ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE', privateKey.type, 'private');
  if (publicKey.type === 'secret')
    throw nodeError('ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE', publicKey.type, 'private or public');
  const [own, other] = [privateKey.asymmetricKeyType, publicKey.asymmetricKeyType];
  if (own !== other || !AGREEING.has(own ?? ''))
    throw nodeError('ERR_CRYPTO_INCOMPATIBLE_KEY', 'key types for Diffie-Hellman', `${own} and ${other}`);
  return callForBytes('agree', KeyObject.material(privateKey), KeyObject.material(publicKey), publicKey.type);
}
