import crypto from 'node:crypto';
import { bytes, exact, field, LeafError, whole } from './leaf-arguments.ts';
import type { PasswordPlans } from './password-plan.ts';

const METHODS = [
  'importKey',
  'exportKey',
  'deriveBits',
  'deriveKey',
  'sign',
  'verify',
  'digest',
  'encrypt',
  'decrypt',
  'generateKey',
] as const;
type Method = (typeof METHODS)[number];
/** Keys other than raw ones stay here, named by number; a script that keeps making new ones is refused. */
const MOST_KEYS = 500;
const MOST_DERIVE_ROUNDS = 10_000_000;

/** Arguments are checked by WebCrypto itself, as in Node. */
const subtle = crypto.webcrypto.subtle as unknown as Readonly<
  Record<Method, (...args: unknown[]) => Promise<unknown>>
>;

/** WebCrypto of one container. */
export class SubtleLeaf {
  readonly #plans: PasswordPlans;
  readonly #keys = new Map<number, crypto.webcrypto.CryptoKey>();
  #next = 1;

  constructor(plans: PasswordPlans) {
    this.#plans = plans;
  }

  async run(method: string, args: readonly unknown[]): Promise<unknown> {
    if (!(METHODS as readonly string[]).includes(method))
      throw new LeafError('unsupported WebCrypto operation');
    const rounds = field(args[0], 'iterations');
    if (rounds !== undefined) whole(rounds, 1, MOST_DERIVE_ROUNDS);
    const planned = this.#planned(method, args);
    if (planned.answer !== null) return exact(planned.answer);
    const given = await Promise.all(args.map((arg) => this.#read(arg)));
    const result = this.#write(await subtle[method as Method](...given));
    if (result instanceof Uint8Array) planned.remember?.(result);
    return result;
  }

  #planned(method: string, args: readonly unknown[]): ReturnType<PasswordPlans['digest']> {
    if (method === 'digest') {
      const name = typeof args[0] === 'string' ? args[0] : field(args[0], 'name');
      const length = { 'SHA-1': 20, 'SHA-256': 32, 'SHA-384': 48, 'SHA-512': 64 }[String(name).toUpperCase()];
      if (length !== undefined) return this.#plans.digest([bytes(args[1])], length);
    }
    if (method === 'deriveBits') {
      const material = field(field(args[1], '__raw'), 'd');
      const bits = args[2];
      if (material !== undefined && typeof bits === 'number')
        return this.#plans.digest([bytes(material)], bits / 8);
    }
    return { answer: null, remember: null };
  }

  async #read(value: unknown): Promise<unknown> {
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return bytes(value);
    if (Array.isArray(value)) return Promise.all(value.map((item) => this.#read(item)));
    if (typeof value !== 'object' || value === null) return value;
    const raw = field(value, '__raw');
    if (raw !== undefined) {
      const algorithm = await this.#read(field(raw, 'alg'));
      const usages = await this.#read(field(raw, 'us'));
      return subtle.importKey('raw', bytes(field(raw, 'd')), algorithm, false, usages);
    }
    const id = field(value, '__key');
    if (id !== undefined) {
      const key = this.#keys.get(Number(id));
      if (key === undefined) throw new LeafError('unknown key');
      return key;
    }
    const entries = Object.entries(value).filter(([name]) => name !== '__proto__');
    return Object.fromEntries(
      await Promise.all(entries.map(async ([name, part]) => [name, await this.#read(part)] as const)),
    );
  }

  #write(result: unknown): unknown {
    if (result instanceof ArrayBuffer) return new Uint8Array(result);
    if (result instanceof CryptoKey) return this.#keep(result);
    if (typeof result === 'object' && result !== null && 'privateKey' in result && 'publicKey' in result) {
      const pair = result as crypto.webcrypto.CryptoKeyPair;
      return { publicKey: this.#keep(pair.publicKey), privateKey: this.#keep(pair.privateKey) };
    }
    return result;
  }

  #keep(key: crypto.webcrypto.CryptoKey): object {
    if (this.#keys.size >= MOST_KEYS) throw new LeafError('too many keys', 'ERR_OUT_OF_RANGE');
    const id = this.#next++;
    this.#keys.set(id, key);
    return {
      __key: id,
      type: key.type,
      extractable: key.extractable,
      algorithm: JSON.parse(JSON.stringify(key.algorithm)) as object,
      usages: key.usages,
    };
  }
}
