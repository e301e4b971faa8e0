/* oxlint-disable typescript/unbound-method -- methods are captured here before scripts can replace them, and always called with an explicit `this` */
/** `internalBinding('types')`: what V8 knows of a value's kind, found out with brand checks. */
const tagOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

type Check = (value: unknown) => boolean;

/** Passes when a getter of the prototype accepts the value, which only the real kind does. */
function byGetter(prototype: object, property: string): Check {
  const get = Object.getOwnPropertyDescriptor(prototype, property)?.get;
  return (value) => {
    try {
      get?.call(value);
      return get !== undefined;
    } catch {
      return false;
    }
  };
}

function byMethod(method: (...args: never[]) => unknown, ...args: unknown[]): Check {
  return (value) => {
    if (!isObject(value)) return false;
    try {
      Reflect.apply(method, value, args);
      return true;
    } catch {
      return false;
    }
  };
}

const isArrayBuffer = byGetter(ArrayBuffer.prototype, 'byteLength');
const isSharedArrayBuffer: Check =
  typeof SharedArrayBuffer === 'undefined'
    ? () => false
    : byGetter(SharedArrayBuffer.prototype, 'byteLength');
const readRegExpSource = byGetter(RegExp.prototype, 'source');
/** Not by `Error.isError`, which is absent while a snapshot is made. */
const isNativeError: Check = (value) => isObject(value) && tagOf(value) === 'Error';

const boxed = {
  isNumberObject: byMethod(Number.prototype.valueOf),
  isStringObject: byMethod(String.prototype.valueOf),
  isBooleanObject: byMethod(Boolean.prototype.valueOf),
  isBigIntObject: byMethod(BigInt.prototype.valueOf),
  isSymbolObject: byMethod(Symbol.prototype.valueOf),
};

/** In the order of Node's own object, which `Object.keys(util.types)` shows: by name, two at the end. */
export const typesBinding = {
  isArgumentsObject: (value: unknown) =>
    tagOf(value) === 'Arguments' && !(Symbol.toStringTag in Object(value)),
  isArrayBuffer,
  isAsyncFunction: (value: unknown) => typeof value === 'function' && tagOf(value).startsWith('Async'),
  isBigIntObject: boxed.isBigIntObject,
  isBooleanObject: boxed.isBooleanObject,
  isDataView: byGetter(DataView.prototype, 'byteLength'),
  isDate: byMethod(Date.prototype.getTime),
  isExternal: () => false,
  isGeneratorFunction: (value: unknown) =>
    typeof value === 'function' && tagOf(value).endsWith('GeneratorFunction'),
  isGeneratorObject: (value: unknown) => tagOf(value) === 'Generator',
  isMap: byGetter(Map.prototype, 'size'),
  isMapIterator: (value: unknown) => tagOf(value) === 'Map Iterator',
  isModuleNamespaceObject: (value: unknown) => tagOf(value) === 'Module',
  isNativeError,
  isNumberObject: boxed.isNumberObject,
  isPromise: (value: unknown) => isObject(value) && (value instanceof Promise || tagOf(value) === 'Promise'),
  isProxy: () => false,
  isRegExp: (value: unknown) => isObject(value) && value !== RegExp.prototype && readRegExpSource(value),
  isSet: byGetter(Set.prototype, 'size'),
  isSetIterator: (value: unknown) => tagOf(value) === 'Set Iterator',
  isSharedArrayBuffer,
  isStringObject: boxed.isStringObject,
  isSymbolObject: boxed.isSymbolObject,
  isWeakMap: byMethod(WeakMap.prototype.has, {}),
  isWeakSet: byMethod(WeakSet.prototype.has, {}),
  isAnyArrayBuffer: (value: unknown) => isArrayBuffer(value) || isSharedArrayBuffer(value),
  isBoxedPrimitive: (value: unknown) => Object.values(boxed).some((check) => check(value)),
};
