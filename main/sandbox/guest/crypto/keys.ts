/** KeyObject. Keys are plain material in the guest: text of a PEM or secret bytes; the host keeps none. */
import { nodeError } from '../lib/lib.ts';
import { buffers, callHost, inputBytes, type BufferLike } from './host-crypto.ts';

type KeyType = 'secret' | 'public' | 'private';

interface KeyInfo {
  readonly asymmetricKeyType?: string;
  readonly asymmetricKeyDetails?: object;
}

interface ExportOptions {
  readonly format?: string;
}

export class KeyObject {
  readonly type: KeyType;
  readonly #material: string | BufferLike;
  readonly #info: KeyInfo;

  constructor(type: KeyType, material: string | BufferLike, info: KeyInfo = {}) {
    this.type = type;
    this.#material = material;
    this.#info = info;
  }

  static material(key: KeyObject): string | BufferLike {
    return key.#material;
  }

  /** The secret's bytes; for asymmetric keys the text of their PEM. */
  static bytes(key: KeyObject): Uint8Array {
    return inputBytes(key.#material);
  }

  get asymmetricKeyType(): string | undefined {
    return this.#info.asymmetricKeyType;
  }
  get asymmetricKeyDetails(): object | undefined {
    return this.#info.asymmetricKeyDetails;
  }
  get symmetricKeySize(): number | undefined {
    return this.type === 'secret' ? this.#material.length : undefined;
  }

  export(options: ExportOptions = {}): unknown {
    if (this.type !== 'secret') return callHost('exportKey', this.type, this.#material, options);
    const secret = this.#material as BufferLike;
    if (options.format === 'jwk') return { kty: 'oct', k: secret.toString('base64url') };
    return buffers().from(secret);
  }

  equals(other: KeyObject): boolean {
    return this.type === other.type && buffers().compare(KeyObject.bytes(this), KeyObject.bytes(other)) === 0;
  }
}

/** A key argument as the host takes it. */
export function keyArgument(key: unknown): unknown {
  if (key instanceof KeyObject) {
    return key.type === 'secret'
      ? { __secret: KeyObject.bytes(key) }
      : { __pem: KeyObject.material(key), t: key.type };
  }
  if (ArrayBuffer.isView(key) || key instanceof ArrayBuffer) return inputBytes(key);
  if (typeof key !== 'object' || key === null) return key;
  const options = key as Record<string, unknown>;
  const label = options['oaepLabel'];
  return {
    ...options,
    key: keyArgument(options['key']),
    ...(ArrayBuffer.isView(label) ? { oaepLabel: inputBytes(label) } : {}),
  };
}

const SECRET_KINDS = ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'];
const PRIVATE_KINDS = ['string', ...SECRET_KINDS];
const PUBLIC_KINDS = [...PRIVATE_KINDS, 'KeyObject', 'CryptoKey'];

function createKey(type: 'public' | 'private', key: unknown): KeyObject {
  const isKey = typeof key === 'string' || (typeof key === 'object' && key !== null);
  if (!isKey)
    throw nodeError('ERR_INVALID_ARG_TYPE', 'key', type === 'private' ? PRIVATE_KINDS : PUBLIC_KINDS, key);
  // A public key is also made from a private one, by its PEM.
  const isPrivate = key instanceof KeyObject && key.type === 'private';
  const argument = isPrivate && type === 'public' ? KeyObject.material(key) : keyArgument(key);
  const made = callHost('createKey', type, argument) as { readonly pem: string; readonly info: KeyInfo };
  return new KeyObject(type, made.pem, made.info);
}

export const createPublicKey = (key: unknown): KeyObject => createKey('public', key);
export const createPrivateKey = (key: unknown): KeyObject => createKey('private', key);
export const createSecretKey = (key: unknown, encoding?: string): KeyObject =>
  new KeyObject('secret', buffers().from(inputBytes(key, encoding, 'key', SECRET_KINDS)));

type PairOptions = {
  readonly publicKeyEncoding?: ExportOptions;
  readonly privateKeyEncoding?: ExportOptions;
};

export function generateKeyPairSync(
  type: string,
  options: PairOptions = {},
): { publicKey: unknown; privateKey: unknown } {
  const { publicKeyEncoding, privateKeyEncoding, ...parameters } = options;
  const pair = callHost('gkp', type, JSON.parse(JSON.stringify(parameters))) as { pub: string; priv: string };
  const publicKey = createPublicKey(pair.pub);
  const privateKey = createPrivateKey(pair.priv);
  return {
    publicKey: publicKeyEncoding === undefined ? publicKey : publicKey.export(publicKeyEncoding),
    privateKey: privateKeyEncoding === undefined ? privateKey : privateKey.export(privateKeyEncoding),
  };
}
