/* oxlint-disable typescript/no-extraneous-class -- Node's lib and its users need classes of these names, not what is in them */
/** `crypto.subtle` and its keys: the host does the work, raw secret keys stay in the guest and travel with each call. */
import { DOMException } from '../dom-exception.ts';
import { callLater, inputBytes } from './host-crypto.ts';
import { randomFillSync, randomUUID } from './random.ts';

interface KeyFields {
  readonly type: string;
  readonly extractable: boolean;
  readonly algorithm: unknown;
  readonly usages: readonly string[];
}

const own = Symbol('made by SubtleCrypto');

export class CryptoKey implements KeyFields {
  readonly type: string;
  readonly extractable: boolean;
  readonly algorithm: unknown;
  readonly usages: readonly string[];
  /** How the host finds the key again. */
  readonly #handle: unknown;

  constructor(key: symbol, fields: KeyFields, handle: unknown) {
    if (key !== own) throw new TypeError('Illegal constructor');
    ({
      type: this.type,
      extractable: this.extractable,
      algorithm: this.algorithm,
      usages: this.usages,
    } = fields);
    this.#handle = handle;
  }
  static handle(key: CryptoKey): unknown {
    return key.#handle;
  }
}

type HostKey = KeyFields & { readonly __key: number };
const isHostKey = (value: unknown): value is HostKey =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, '__key');

const wrapKey = (key: HostKey): CryptoKey => new CryptoKey(own, key, { __key: key.__key });

function argument(value: unknown): unknown {
  if (value instanceof CryptoKey) return CryptoKey.handle(value);
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return inputBytes(value);
  if (Array.isArray(value)) return value.map(argument);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, argument(inner)]));
}

function answer(value: unknown): unknown {
  if (isHostKey(value)) return wrapKey(value);
  if (value instanceof Uint8Array) return new Uint8Array(value).buffer;
  const pair = value as { readonly publicKey?: unknown; readonly privateKey?: unknown } | null;
  if (isHostKey(pair?.publicKey) && isHostKey(pair.privateKey))
    return { publicKey: wrapKey(pair.publicKey), privateKey: wrapKey(pair.privateKey) };
  return value;
}

function subtleCall(name: string, args: readonly unknown[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    callLater(`subtle.${name}`, args.map(argument), (error, value) => {
      if (!error) return resolve(answer(value));
      const failed = error as Error;
      return reject(failed.name === 'Error' ? failed : new DOMException(failed.message, failed.name));
    });
  });
}

const HOSTED = [
  'decrypt',
  'deriveBits',
  'deriveKey',
  'digest',
  'encrypt',
  'exportKey',
  'generateKey',
  'sign',
  'unwrapKey',
  'verify',
  'wrapKey',
];

/** A raw key is only bytes: kept here, so that no table on the host has to be emptied. */
async function importKey(
  format: string,
  data: unknown,
  algorithm: unknown,
  extractable: boolean,
  usages: readonly string[],
): Promise<unknown> {
  if (format !== 'raw') return subtleCall('importKey', [format, data, algorithm, extractable, usages]);
  const named = typeof algorithm === 'string' ? { name: algorithm } : algorithm;
  const raw = { d: inputBytes(data).slice(), alg: argument(named), us: [...usages] };
  const fields = { type: 'secret', extractable, algorithm: named, usages: [...usages] };
  return new CryptoKey(own, fields, { __raw: raw });
}

export class SubtleCrypto {
  constructor(key?: symbol) {
    if (key !== own) throw new TypeError('Illegal constructor');
  }
}
for (const name of HOSTED)
  Object.defineProperty(SubtleCrypto.prototype, name, {
    value: (...args: unknown[]) => subtleCall(name, args),
    configurable: true,
    enumerable: true,
    writable: true,
  });
Object.defineProperty(SubtleCrypto.prototype, 'importKey', {
  value: importKey,
  configurable: true,
  enumerable: true,
  writable: true,
});

export class Crypto {
  readonly subtle = new SubtleCrypto(own);
  constructor(key?: symbol) {
    if (key !== own) throw new TypeError('Illegal constructor');
  }
  getRandomValues<Target extends ArrayBufferView>(target: Target): Target {
    if (!ArrayBuffer.isView(target) || /^(?:Float|DataView)/.test(tagOf(target)))
      throw new DOMException('The data argument must be an integer-type TypedArray', 'TypeMismatchError');
    if (target.byteLength > MOST_RANDOM_BYTES)
      throw new DOMException('The requested length exceeds 65,536 bytes', 'QuotaExceededError');
    return randomFillSync(target);
  }
  randomUUID(): unknown {
    return randomUUID();
  }
}

const MOST_RANDOM_BYTES = 65_536;
const tagOf = (view: ArrayBufferView): string => Object.prototype.toString.call(view).slice(8, -1);

let made: Crypto | null = null;
export function webCrypto(): Crypto {
  made ??= new Crypto(own);
  return made;
}
