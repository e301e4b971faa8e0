/** Cuts the engine's language back to that of the tenant's Node, and takes away what would open a side channel. */
import { dump } from '../dump.ts';

/**
 * Shared memory lets a script change data after the host has looked at it, and WebAssembly could make shared memory
 * again. Node's own parts that need WebAssembly were compiled with a private one.
 */
const REMOVED = ['Atomics', 'SharedArrayBuffer', 'WebAssembly'];

const keyText = (key: string | symbol): string => (typeof key === 'symbol' ? String(key) : key);
const isHolder = (value: unknown): value is object =>
  value !== null && (typeof value === 'object' || typeof value === 'function');

function cutBack(holder: object, known: readonly string[]): void {
  for (const key of Reflect.ownKeys(holder)) {
    if (known.includes(keyText(key))) continue;
    if (Object.getOwnPropertyDescriptor(holder, key)?.configurable === true)
      Reflect.deleteProperty(holder, key);
  }
}

function holderOf(path: string): unknown {
  if (path === '%TypedArray%') return Object.getPrototypeOf(Uint8Array);
  if (path === '%TypedArray%.prototype')
    return (holderOf('%TypedArray%') as { prototype: unknown }).prototype;
  const root = globalThis as unknown as Record<string, unknown>;
  if (!path.endsWith('.prototype')) return root[path];
  return (root[path.slice(0, -'.prototype'.length)] as { prototype?: unknown } | undefined)?.prototype;
}

/** What the bare engine put on the global, before Node's lib and the guest added theirs. */
const engineGlobals = Object.getOwnPropertyNames(globalThis).concat(
  // Absent while a snapshot is made, and installed in every context made from it.
  ['AsyncDisposableStack', 'DisposableStack', 'Float16Array', 'SuppressedError', 'Temporal'],
);

/**
 * Deletes globals that the engine has and Node 22 lacks (`Temporal`, `Float16Array`, …) and newer methods
 * (`Uint8Array.fromBase64`, `RegExp.escape`, …): a script that uses them would fail in the tenant.
 *
 * Done at boot, so that modules evaluated into a snapshot find the old language, and again when the worker connects,
 * because the engine installs some of it anew in every context made from a snapshot.
 */
export function cutLanguageBack(): void {
  for (const name of engineGlobals)
    if (!Object.hasOwn(dump.language, name)) Reflect.deleteProperty(globalThis, name);
  for (const [path, known] of Object.entries(dump.language)) {
    if (path === 'globalThis') continue;
    const holder = holderOf(path);
    if (isHolder(holder)) cutBack(holder, known);
  }
  // Node declares it; the engine alone looks for it only when it is there.
  if (!Object.hasOwn(Error, 'prepareStackTrace')) Object.assign(Error, { prepareStackTrace: undefined });
}

/** Only in a live context: making one from a snapshot aborts the process when the engine misses its `Atomics`. */
export function removeSharedMemory(): void {
  for (const name of REMOVED) Reflect.deleteProperty(globalThis, name);
}
