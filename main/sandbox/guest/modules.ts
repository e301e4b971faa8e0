/** `require` for scripts and for the modules they load. */
import { quietly, report } from './contract/attempts.ts';
import { host, isConnected } from './host.ts';
import { isBuiltin, moduleNotFound, nodeError, requireLib } from './lib/lib.ts';
import { addonHost } from './addon-host.ts';

interface About {
  /** `pg@8.23.1` */
  readonly id: string;
  /** Every request it answers, and which part of the module it means: `mysql2/promise` → `promise`. */
  readonly requests: Readonly<Record<string, string>>;
  /** Has a native addon below it, so it gets the host calls that replace the addon. */
  readonly native: boolean;
}

type Parts = Readonly<Record<string, () => unknown>>;
type Factory = (
  module: { exports: unknown },
  exports: object,
  require: unknown,
  filename: string,
  dirname: string,
  native: unknown,
) => void;

const factories = new Map<string, { readonly about: About; readonly factory: Factory }>();
const requests = new Map<string, { readonly id: string; readonly part: string }>();
const loaded = new Map<string, Parts>();
let available: readonly string[] = [];
// oxlint-disable-next-line no-eval -- built module files are evaluated in the global scope of the isolate
const evaluate = globalThis.eval;

export function useAvailable(given: readonly string[]): void {
  available = given;
}

/** Called by each built module file. */
export function defineModule(about: About, factory: Factory): void {
  factories.set(about.id, { about, factory });
  for (const [request, part] of Object.entries(about.requests)) requests.set(request, { id: about.id, part });
}

function partsOf(id: string): Parts {
  const known = loaded.get(id);
  if (known !== undefined) return known;
  const defined = factories.get(id);
  if (defined === undefined) throw moduleNotFound(id);
  const module: { exports: Parts } = { exports: {} };
  const directory = `/modules/${id}`;
  const native = defined.about.native ? addonHost : undefined;
  defined.factory(module, module.exports, requireForModules, `${directory}/index.js`, directory, native);
  const parts = Object.fromEntries(
    Object.entries(module.exports).map(([part, make]) => [part, once(id, make)]),
  );
  loaded.set(id, parts);
  return parts;
}

/**
 * The same object for every `require`; a bundler gives a new one for what was an ES module. One that fails while a
 * snapshot is made, for want of the host, is not left half evaluated: the next `require` starts it anew.
 */
function once(id: string, make: () => unknown): () => unknown {
  let made: { readonly value: unknown } | null = null;
  return () => {
    try {
      made ??= { value: make() };
    } catch (error) {
      if (!isConnected()) loaded.delete(id);
      throw error;
    }
    return made.value;
  };
}

/** Asks the worker for a module that was not among those it loaded beforehand. */
function fetchModule(request: string): void {
  if (!isConnected()) return;
  const answer = host('module', request);
  if (!Array.isArray(answer)) return;
  const [id, text] = answer as [string, string];
  const root = globalThis as { __def?: unknown };
  root.__def = defineModule;
  try {
    Reflect.apply(evaluate, undefined, [`${text}\n//# sourceURL=module:${id}`]);
  } finally {
    delete root.__def;
  }
}

function missing(request: string): never {
  const nameOf = (id: string): string => /^(?:@[^/]+\/)?[^/@]*/.exec(id)?.[0] ?? id;
  const versions = available.filter((id) => nameOf(id) === nameOf(request));
  report({ kind: 'missing-module', request, available: versions });
  throw request.startsWith('node:')
    ? nodeError('ERR_UNKNOWN_BUILTIN_MODULE', request)
    : moduleNotFound(request);
}

/** Undefined when there is no such module. */
function find(request: string): (() => unknown) | undefined {
  const bare = request.startsWith('node:') ? request.slice('node:'.length) : request;
  if (isBuiltin(bare)) return () => requireLib(bare);
  if (!requests.has(request)) fetchModule(request);
  const found = requests.get(request);
  return found === undefined ? undefined : quietly(() => partsOf(found.id))[found.part];
}

const extras = { resolve: (request: string) => request, cache: {} };

/** `require` of scripts: what it misses is told to the worker. */
export const requireForScripts = Object.assign((given: unknown): unknown => {
  const request = String(given);
  const part = find(request);
  return part === undefined ? missing(request) : quietly(part);
}, extras);

/**
 * `require` of modules, which probe for optional parts: those are simply absent. A trailing slash asks for the
 * package instead of the builtin of the same name, but the builtin is what there is.
 */
const requireForModules = Object.assign((given: unknown): unknown => {
  const request = String(given).replace(/\/$/, '');
  const part = isBuiltin(request.replace(/^node:/, '')) || requests.has(request) ? find(request) : undefined;
  if (part === undefined) throw moduleNotFound(request);
  return part();
}, extras);
