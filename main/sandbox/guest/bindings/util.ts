import { constantsOf, dump, type Require } from '../dump.ts';
import { typesBinding } from './types.ts';

/** V8's bits for a choice of properties. */
const ONLY_ENUMERABLE = 2;
const SKIP_SYMBOLS = 16;
const ARRAY_INDEX = /^(0|[1-9]\d*)$/;
const noop = (): void => {};

let requireLib: Require = () => ({});
export function useLib(require: Require): void {
  requireLib = require;
}

function defineLazyProperties(target: object, id: string, keys: readonly string[], enumerable = true): void {
  for (const key of keys) {
    let value: unknown;
    let isLoaded = false;
    Object.defineProperty(target, key, {
      enumerable,
      configurable: true,
      get() {
        if (!isLoaded) {
          value = (requireLib(id) as Record<string, unknown>)[key];
          isLoaded = true;
        }
        return value;
      },
      set(given: unknown) {
        value = given;
        isLoaded = true;
      },
    });
  }
}

function ownNonIndexProperties(value: object, filter: number): (string | symbol)[] {
  return Reflect.ownKeys(value).filter((key) => {
    if (typeof key === 'string' && ARRAY_INDEX.test(key) && Number(key) < 4_294_967_295) return false;
    if (typeof key === 'symbol' && (filter & SKIP_SYMBOLS) !== 0) return false;
    return (filter & ONLY_ENUMERABLE) === 0 || Object.prototype.propertyIsEnumerable.call(value, key);
  });
}

function constructorName(value: object): string {
  for (let at: object | null = value; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    const constructor: unknown = Object.getOwnPropertyDescriptor(at, 'constructor')?.value;
    if (typeof constructor === 'function' && constructor.name !== '') return constructor.name;
  }
  return '';
}

/** Entries of Maps and Sets for `inspect`. Iterators cannot be looked into without moving them. */
function previewEntries(value: unknown, isIterator?: boolean): unknown {
  let entries: unknown[] = [];
  if (typesBinding.isMap(value)) entries = [...(value as Map<unknown, unknown>)].flat(1);
  else if (typesBinding.isSet(value)) entries = [...(value as Set<unknown>)];
  return isIterator === undefined ? entries : [entries, typesBinding.isMap(value)];
}

/** The lib's own weak reference; strong here, as nothing in the guest counts on collection. */
class WeakReference {
  readonly #target: object;
  constructor(target: object) {
    this.#target = target;
  }
  get(): object {
    return this.#target;
  }
  incRef(): void {}
  decRef(): void {}
}

const ENV_LINE = /^\s*(?:export\s+)?([\w.-]+)\s*=[ \t]*(?:"([^"]*)"|'([^']*)'|`([^`]*)`|([^\n#]*))/gm;

/** The text of an `.env` file; double quotes alone know `\\n`. */
function parseEnv(content: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, key = '', double, single, back, bare] of content.matchAll(ENV_LINE))
    found[key] = double?.replaceAll('\\n', '\n') ?? single ?? back ?? bare?.trim() ?? '';
  return found;
}

const CLONED_PROMISE = [0, undefined];

export const utilBinding = {
  ...constantsOf('util'),
  ...typesBinding,
  privateSymbols: Object.fromEntries(dump.privateSymbols().map((name) => [name, Symbol(name)])),
  shouldAbortOnUncaughtToggle: new Uint32Array(1),
  isInsideNodeModules: () => true,
  defineLazyProperties,
  getPromiseDetails: () => CLONED_PROMISE,
  getProxyDetails: noop,
  getCallerLocation: noop,
  getCallSites: () => [],
  getCallSite: () => [],
  previewEntries,
  getOwnNonIndexProperties: ownNonIndexProperties,
  getConstructorName: constructorName,
  getExternalValue: () => 0n,
  sleep: noop,
  parseEnv,
  arrayBufferViewHasBuffer: () => true,
  markPromiseAsHandled: (promise: Promise<unknown>) => void promise.catch(noop),
  guessHandleType: () => 'PIPE',
  toUSVString: (value: unknown) => String(value).toWellFormed(),
  WeakReference,
  isConstructor(value: unknown) {
    try {
      Reflect.construct(Object, [], value as new () => object);
      return true;
    } catch {
      return false;
    }
  },
  isArrayBufferView: (value: unknown) => ArrayBuffer.isView(value),
  isTypedArray: (value: unknown) => ArrayBuffer.isView(value) && !(value instanceof DataView),
  isUint8Array: (value: unknown) => value instanceof Uint8Array,
  isArrayBufferDetached: (value: ArrayBuffer) => value.detached,
};
