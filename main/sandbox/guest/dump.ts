/** What the build put around the guest: Node's lib as factories, and the dumped constants. */
export type Require = (id: string) => unknown;
export type NativeFactory = (...args: unknown[]) => void;

declare const __natives: Record<string, NativeFactory | undefined>;
declare const __dump: Dump;
/** How the bundled third-party libraries reach Node's modules. */
declare const __lib: { require: Require | null };

type Constants = Readonly<Record<string, unknown>>;

interface Dump {
  readonly version: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly bindings: Readonly<Record<string, Constants | undefined>>;
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
export const natives = __natives;
export const dump = __dump;

export const constantsOf = (binding: string): Constants => dump.bindings[binding] ?? {};

/** A number of a binding that the guest itself needs. */
export function constant(binding: string, name: string): number {
  const value = constantsOf(binding)[name];
  if (typeof value !== 'number') throw new Error(`No constant ${name} in the binding ${binding}.`);
  return value;
}

export function offerLib(require: Require): void {
  __lib.require = require;
}
