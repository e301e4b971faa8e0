/** What the build put around the guest: Node's lib as factories, and the dumped constants. */
export type Require = (id: string) => unknown;
export type NativeFactory = (...args: unknown[]) => void;

declare const __native: (id: string) => NativeFactory | undefined;
declare const __dump: { readonly [Key in keyof Dump]: () => Dump[Key] };
declare const __bindings: Readonly<Record<string, (() => Constants) | undefined>>;
/** How the bundled third-party libraries reach Node's modules. */
declare const __lib: { require: Require | null };

type Constants = Readonly<Record<string, unknown>>;

interface Dump {
  readonly version: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly uvErrors: readonly (readonly [number, readonly [string, string]])[];
  readonly privateSymbols: readonly string[];
  readonly symbols: readonly string[];
  readonly hashes: readonly string[];
  readonly builtins: readonly string[];
  readonly language: Readonly<Record<string, readonly string[]>>;
}

/** Gives the engine's WebAssembly to Node's lib; see `prologue.ts`. */
declare const __useEngine: (engine: unknown) => void;

export const useEngine = __useEngine;
export const native = __native;
/** Each of these makes a new object. */
export const dump = __dump;
/** A new object each time. */
export const constantsOf = (binding: string): Constants => __bindings[binding]?.() ?? {};

/** A number of a binding that the guest itself needs. */
export function constant(binding: string, name: string): number {
  const value = constantsOf(binding)[name];
  if (typeof value !== 'number') throw new Error(`No constant ${name} in the binding ${binding}.`);
  return value;
}

export function offerLib(require: Require): void {
  __lib.require = require;
}
