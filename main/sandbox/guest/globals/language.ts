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
  const names = new Set(known);
  // Without a look at the property first: some of them the engine fills in when they are looked at.
  for (const key of Reflect.ownKeys(holder))
    if (!names.has(keyText(key))) Reflect.deleteProperty(holder, key);
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

interface Holder {
  readonly object: object;
  readonly path: string;
  /** How many properties it had after the last cut. */
  count: number;
}

/** Looked up at boot, while each name still means what the engine gave it. */
const holders: readonly Holder[] = Object.keys(dump.language())
  .filter((path) => path !== 'globalThis')
  .map((path) => ({ path, object: holderOf(path), count: -1 }))
  .filter((holder): holder is Holder => isHolder(holder.object));

/**
 * Deletes globals that the engine has and Node 22 lacks (`Temporal`, `Float16Array`, …) and newer methods
 * (`Uint8Array.fromBase64`, `RegExp.escape`, …): a script that uses them would fail in the tenant.
 *
 * Done at boot, so that modules evaluated into a snapshot find the old language, and again when the worker connects,
 * because the engine installs some of it anew in every context made from a snapshot. Then only what has grown is
 * looked through.
 */
export function cutLanguageBack(): void {
  const language = dump.language();
  for (const name of engineGlobals)
    if (!Object.hasOwn(language, name)) Reflect.deleteProperty(globalThis, name);
  for (const holder of holders) {
    if (Reflect.ownKeys(holder.object).length === holder.count) continue;
    cutBack(holder.object, language[holder.path] ?? []);
    holder.count = Reflect.ownKeys(holder.object).length;
  }
  // Node declares it; the engine alone looks for it only when it is there.
  if (!Object.hasOwn(Error, 'prepareStackTrace')) Object.assign(Error, { prepareStackTrace: undefined });
}

/** Only in a live context: making one from a snapshot aborts the process when the engine misses its `Atomics`. */
export function removeSharedMemory(): void {
  for (const name of REMOVED) Reflect.deleteProperty(globalThis, name);
}
