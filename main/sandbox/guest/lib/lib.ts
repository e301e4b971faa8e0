import { dump, native, offerLib, type NativeFactory } from '../dump.ts';
import { internalBinding } from '../bindings/internal-binding.ts';
import { processObject } from '../process-object.ts';

interface LibModule {
  exports: unknown;
  readonly id: string;
  loaded: boolean;
}

const PRIMORDIALS = 'internal/per_context/primordials';
const loaded = new Map<string, LibModule>();
const overrides = new Map<string, () => unknown>();
const primordials = {};

export function overrideLib(table: Readonly<Record<string, () => unknown>>): void {
  for (const [id, make] of Object.entries(table)) overrides.set(id, make);
}

export function moduleNotFound(request: string): Error {
  const error = new Error(`Cannot find module '${request}'`);
  return Object.assign(error, { code: 'MODULE_NOT_FOUND', requireStack: [] });
}

export const isInLib = (id: string): boolean => native(id) !== undefined || overrides.has(id);

/** `require` as Node's own files use it: internal ids included. Never handed to scripts. */
export function requireLib(request: string): unknown {
  const id = request.startsWith('node:') ? request.slice('node:'.length) : request;
  const known = loaded.get(id);
  if (known !== undefined) return known.exports;
  const module: LibModule = { exports: {}, id, loaded: false };
  loaded.set(id, module);
  try {
    const override = overrides.get(id);
    if (override !== undefined) module.exports = override();
    else run(native(id), module);
  } catch (error) {
    loaded.delete(id);
    throw error;
  }
  module.loaded = true;
  return module.exports;
}

function run(factory: NativeFactory | undefined, module: LibModule): void {
  if (factory === undefined) throw moduleNotFound(module.id);
  factory(module.exports, requireLib, module, processObject, internalBinding, primordials);
}

/** The module `id` of Node's lib, as the caller knows it to be. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the lib has no types; each caller states its own
export function lib<T>(id: string): T {
  return requireLib(id) as T;
}

export function startLib(): void {
  offerLib(requireLib);
  native(PRIMORDIALS)?.({}, null, {}, processObject, internalBinding, primordials, {}, {});
}

type ErrorClass = (new (...args: unknown[]) => object) | undefined;

/** One of Node's coded errors: `nodeError('ERR_INVALID_ARG_TYPE', 'data', ['string'], value)`. */
export function nodeError(code: string, ...args: unknown[]): Error {
  const { codes } = lib<{ codes: Record<string, ErrorClass> }>('internal/errors');
  const Coded = codes[code];
  if (Coded === undefined) return new Error(code);
  return new Coded(...args) as Error;
}

/** A builtin that scripts may require by name, `node:` or not. */
export const isBuiltin = (name: string): boolean => builtins.has(name);
const builtins = new Set(dump.builtins().filter((name) => !/^_(?!http|stream|tls)/.test(name)));
