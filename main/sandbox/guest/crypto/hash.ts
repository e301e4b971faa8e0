/** Hash and Hmac: input is gathered in the guest and goes to the host in one call at `digest`. */
import { lib, nodeError } from '../lib/lib.ts';
import { KeyObject } from './keys.ts';
import {
  buffers,
  callForBytes,
  inputBytes,
  isHash,
  output,
  requireText,
  type BufferLike,
} from './host-crypto.ts';

type Done = (error?: unknown) => void;
interface HashOptions {
  readonly outputLength?: number;
}

interface Digesting {
  update(data: unknown, encoding?: string): Digesting;
  digest(encoding?: string): BufferLike | string;
}

interface State {
  readonly compute: (input: Uint8Array) => Uint8Array;
  parts: Uint8Array[];
  isDone: boolean;
}
const states = new WeakMap<object, State>();

function stateOf(target: object): State {
  const state = states.get(target);
  if (state === undefined) throw new TypeError('Illegal invocation');
  return state;
}

const UPDATE_KINDS = ['string', 'Buffer', 'TypedArray', 'DataView'];

function update(target: object, data: unknown, encoding?: string): void {
  const state = stateOf(target);
  if (state.isDone) throw nodeError('ERR_CRYPTO_HASH_FINALIZED');
  state.parts.push(inputBytes(data, encoding, 'data', UPDATE_KINDS).slice());
}

function digest(target: object, encoding?: string): BufferLike | string {
  const state = stateOf(target);
  if (state.isDone) throw nodeError('ERR_CRYPTO_HASH_FINALIZED');
  state.isDone = true;
  const [only] = state.parts;
  const input =
    state.parts.length === 1 && only !== undefined ? only : inputBytes(buffers().concat(state.parts));
  state.parts = [];
  return output(state.compute(input), encoding);
}

type Classes = { readonly Hash: unknown; readonly Hmac: unknown; readonly make: Make };
type Make = (
  kind: 'Hash' | 'Hmac',
  compute: State['compute'],
  options?: object,
  parts?: Uint8Array[],
) => Digesting;

let classes: Classes | null = null;

/** The classes extend the lib's LazyTransform, so that a hash is also a stream; made at first use for boot order. */
export function hashClasses(): Classes {
  if (classes !== null) return classes;
  const LazyTransform = lib<new (options?: object) => { push(data: unknown): void }>(
    'internal/streams/lazy_transform',
  );

  abstract class Base extends LazyTransform {
    constructor(state: State, options?: object) {
      super(options);
      states.set(this, state);
    }
    update(data: unknown, encoding?: string): this {
      update(this, data, encoding);
      return this;
    }
    digest(encoding?: string): BufferLike | string {
      return digest(this, encoding);
    }
    _transform(chunk: unknown, encoding: string, done: Done): void {
      this.update(chunk, encoding);
      done();
    }
    _flush(done: Done): void {
      this.push(this.digest());
      done();
    }
  }
  class Hash extends Base {
    copy(): Digesting {
      const { compute, parts, isDone } = stateOf(this);
      if (isDone) throw nodeError('ERR_CRYPTO_HASH_FINALIZED');
      return make('Hash', compute, undefined, [...parts]);
    }
  }
  class Hmac extends Base {}

  const make: Make = (kind, compute, options, parts = []) =>
    new (kind === 'Hash' ? Hash : Hmac)({ compute, parts, isDone: false }, options);
  classes = { Hash, Hmac, make };
  return classes;
}

export function createHash(algorithm: unknown, options?: HashOptions): Digesting {
  requireText(algorithm, 'algorithm');
  if (!isHash(algorithm)) throw new Error('Digest method not supported');
  const name = algorithm.toLowerCase();
  return hashClasses().make(
    'Hash',
    (input) => callForBytes('hash', name, input, options?.outputLength),
    options,
  );
}

const KEY_KINDS = ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView', 'KeyObject', 'CryptoKey'];

export function createHmac(algorithm: unknown, key: unknown, options?: object): Digesting {
  requireText(algorithm, 'hmac');
  const bytes =
    key instanceof KeyObject ? KeyObject.bytes(key) : inputBytes(key, undefined, 'key', KEY_KINDS);
  if (!isHash(algorithm)) throw nodeError('ERR_CRYPTO_INVALID_DIGEST', algorithm);
  const name = algorithm.toLowerCase();
  return hashClasses().make('Hmac', (input) => callForBytes('hmac', name, bytes, input), options);
}

/** `crypto.hash`: one call, hexadecimal unless asked otherwise. */
export function hashOnce(algorithm: unknown, data: unknown, encoding: unknown = 'hex'): BufferLike | string {
  requireText(algorithm, 'algorithm');
  const bytes = callForBytes('hash', algorithm, inputBytes(data, undefined, 'input'));
  return output(bytes, typeof encoding === 'string' ? encoding : 'hex');
}
