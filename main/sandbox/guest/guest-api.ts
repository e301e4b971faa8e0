import { PROGRAM_WRAPPERS } from './pipeline/wrappers.ts';

/**
 * The border between a guest (the code inside an isolate) and the worker that holds the isolate: the one file that
 * both sides share. Everything crosses by structured clone.
 *
 * Life of a guest
 *   1. The worker evaluates `core.js`, then the module files it wants (`modules/<file>`), in that order, either into
 *      a fresh context or into a snapshot. `require` calls made then (to evaluate a driver into a snapshot) work as
 *      long as they need nothing from the host.
 *   2. It sets the global `__host` to ONE synchronous callback `(op, ...args)`, takes the references named in
 *      `GUEST_ENTRIES`, deletes those globals and the ones in `GUEST_LEFTOVERS`, then calls `connect`.
 *      Module files may be added later only by keeping the reference to `__def`.
 *   3. It compiles each script with `wrapScript`, hands the resulting function to `load`, and starts attempts with
 *      `call`. What happens is told through the ops below; nothing is returned but the answer of `load`.
 *   4. Events of sockets, timers and pending operations go to `event`, as in the op/event table of the worker.
 *
 * A context in which a snapshot is made is not a live one: the engine lacks newer methods and WebAssembly there, and
 * installs them when it makes a context from the snapshot. `connect` therefore hands WebAssembly to Node's lib and cuts
 * the language back once more.
 *
 * Rules for the caller: entries never nest (an event that arrives while an entry is running is queued by the worker).
 * A rejected promise that nobody handles makes the entry call that caused it throw in the worker, because V8's hook
 * for it belongs to the isolate and not to the guest. After the op `tick` the worker calls `event('tick')` as soon as
 * the running entry has returned.
 */

/** Names of the entry functions that the core leaves on the global for the worker to take and delete. */
export const GUEST_ENTRIES = {
  connect: '__connect',
  event: '__event',
  load: '__load',
  call: '__call',
} as const;

/** Further globals to delete before the first script. `__def` may be kept as a reference to add modules later. */
export const GUEST_LEFTOVERS = ['__def', '__host'] as const;

const SCRIPT_PREFIX = '(function (require, module, exports, configuration) { return (';
const SCRIPT_SUFFIX = '\n); })';

/**
 * How a script is compiled. The text stands in parentheses, as in a tenant, so a trailing `;` or a second top-level
 * function does not compile. The offset makes the engine report the script's own columns; lines need none.
 * Run the compiled script and hand its completion value, a function, to `load` (not the text).
 */
export function wrapScript(slot: string, text: string): WrappedScript {
  const { before, after } = PROGRAM_WRAPPERS[slot] ?? { before: SCRIPT_PREFIX, after: SCRIPT_SUFFIX };
  return { code: before + text + after, filename: `${slot}.js`, columnOffset: -before.length };
}

export interface WrappedScript {
  readonly code: string;
  readonly filename: string;
  readonly columnOffset: number;
}

/** Settings of `connect`. */
export interface GuestSettings {
  /** Every module that could be had, loaded into this guest or not, as `name@version`. For the message of findings. */
  readonly available: readonly string[];
}

/**
 * `load(key, slot, factory, configuration)`: evaluates the script once and keeps its function under `key`.
 * `configuration` is frozen and belongs to the script, not to the isolate.
 */
export type LoadAnswer =
  | { readonly ok: true /** Declared parameters of the function. */; readonly arity: number }
  | { readonly ok: false; readonly reason: 'threw' | 'not-a-function'; readonly error: GuestError };

/**
 * `call(attempt, key, args)`: runs the script loaded as `key` with `args` and a callback of its own. `attempt` is
 * any positive number the worker does not use twice in the life of the isolate.
 */
export type CallArguments = readonly [attempt: number, key: string, args: readonly unknown[]];

/** An error as it survives the border of a tenant's sandbox, with what got lost on the way. */
export interface GuestError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly description?: string;
  readonly userId?: string;
  readonly statusCode?: string;
  /** Frames of the script (`login.js:3:7`) and of Node's lib and modules (`node:…`, `module:…`), one a line. */
  readonly stack?: string;
  /** What was called back or thrown: an Error, another object, a string, or some other value. */
  readonly form: 'error' | 'object' | 'string' | 'other';
  /** Own properties that a tenant would not pass on. At most 20 names. */
  readonly lost?: readonly string[];
}

/** A value in the callback's second argument that JSON does not keep. At most 50 are reported for one result. */
export interface JsonLoss {
  /** Where: `$.address.created`, `$.roles[2]`. */
  readonly path: string;
  readonly what:
    | 'undefined'
    | 'function'
    | 'symbol'
    | 'not-a-number'
    | 'date'
    | 'bytes'
    | 'map-or-set'
    | 'regexp'
    | 'error'
    | 'bigint'
    | 'circular'
    | 'to-json';
}

export interface ResultDetails {
  readonly losses?: readonly JsonLoss[];
  /** JSON refused the value (bigint, cycle): its message. The result is then absent. */
  readonly unserialisable?: string;
  /** Where the callback was called: on every call but the first, for both that and the first. */
  readonly stacks?: readonly [first: string, again: string];
}

/**
 * What the guest tells about attempts, as arguments of the host callback:
 *
 * `('result', attempt, nth, error | null, json | undefined, details | undefined)`
 *   The callback was called, for the nth time (1, 2, …). `json` is the text of the second argument.
 * `('report', attempt, report)`   everything else, see `AttemptReport`.
 * `('log', attempt, level, text)` console output; the worker stamps the time as the op is synchronous.
 *
 * `attempt` is the attempt that the callback or the running code belongs to; in code that was entered by an event it
 * is the only open attempt, or 0 when several are open and it cannot be told.
 */
export type AttemptReport =
  /** The script's function threw before it returned. */
  | { readonly kind: 'threw'; readonly error: GuestError }
  /** An async script's promise was rejected. Only the callback completes an attempt. */
  | { readonly kind: 'rejected'; readonly error: GuestError }
  /** An async script's promise was fulfilled, with or without a value, before the callback was called. */
  | { readonly kind: 'fulfilled'; readonly withValue: boolean }
  /** An error that nobody caught: thrown in a timer or an event, or emitted as `error` without a listener. */
  | { readonly kind: 'uncaught'; readonly error: GuestError }
  | { readonly kind: 'exit'; readonly code: number }
  /**
   * `require` of something that is neither a builtin nor a known module; the script got `MODULE_NOT_FOUND`.
   * `available`: the versions of that module there are.
   */
  | { readonly kind: 'missing-module'; readonly request: string; readonly available: readonly string[] }
  /** Something Node has and the sandbox refuses: `fs.readFile`, `child_process.spawn`, a listening socket. */
  | { readonly kind: 'refused'; readonly what: string }
  | { readonly kind: 'warning'; readonly name: string; readonly message: string };

export type ConsoleLevel = 'log' | 'info' | 'warn' | 'error' | 'debug' | 'trace';

/**
 * `build/sandbox/manifest.json`: what was built. Paths are relative to the folder of the manifest.
 */
export interface SandboxManifest {
  /** Of the lib inside: `22.23.3`. */
  readonly nodeVersion: string;
  /** libuv's error numbers as the guest knows them: `{ ECONNREFUSED: -111, … }`, whatever the host's own are. */
  readonly errors: Readonly<Record<string, number>>;
  readonly core: BuiltFile;
  /** Evaluate each as `module:<name>@<version>` so that stacks read well; the core as `node:core`. */
  readonly modules: readonly BuiltModule[];
}

export interface BuiltFile {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface BuiltModule extends BuiltFile {
  /** `pg` */
  readonly name: string;
  /** `8.23.1` */
  readonly version: string;
  /** Whether `require('pg')` means this version. */
  readonly isDefault: boolean;
  /** Everything that `require` accepts for it: `pg`, `pg@8`, `pg@8.23.1`, `mysql2/promise`, … */
  readonly requests: readonly string[];
  /** Modules of the same snapshot; null for those that are loaded on demand. */
  readonly family: string | null;
}
