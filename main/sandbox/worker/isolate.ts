import type ivmTypes from 'isolated-vm';
import {
  GUEST_ENTRIES,
  GUEST_LEFTOVERS,
  type GuestSettings,
  type LoadAnswer,
  wrapScript,
} from '../guest/guest-api.ts';

// The only file that touches isolated-vm, so that another engine could take its place here.

type Ivm = typeof ivmTypes;

/** The native part is loaded from a path the engine chose: its own loader probes files this process may not read. */
export function loadIsolatedVm(path: string): Ivm {
  const holder: { exports: { ivm?: Ivm } } = { exports: {} };
  process.dlopen(holder, path);
  if (holder.exports.ivm === undefined) throw new Error('isolated-vm did not load');
  return holder.exports.ivm;
}

export interface SourceFile {
  readonly filename: string;
  readonly code: string;
  /** What V8 keeps of its first compilation, so that later isolates need not do it again. */
  readonly compiled: { data: ivmTypes.ExternalCopy<ArrayBuffer> | null };
}

export interface IsolateOptions {
  readonly sources: readonly SourceFile[];
  /** Made by `makeSnapshot` from the same sources, which are then not evaluated again. */
  readonly snapshot: Snapshot | null;
  /** One that was made from the same snapshot and limit, to get a context of its own. */
  readonly isolate: ivmTypes.Isolate | null;
  readonly memoryLimitMb: number;
  readonly settings: GuestSettings;
  /** The one way out of the guest. What it returns is copied into the guest; it must not throw. */
  readonly host: (op: unknown, ...args: unknown[]) => unknown;
  readonly onCatastrophe: () => void;
}

export type LoadOutcome =
  | LoadAnswer
  | { readonly ok: false; readonly reason: 'blocked' }
  | { readonly ok: false; readonly reason: 'syntax'; readonly message: string };

/** V8 ran into the isolate's memory limit and the isolate is gone. */
export class GuestTerminated extends Error {}

export type Snapshot = ivmTypes.ExternalCopy<ArrayBuffer>;

/** Evaluates the sources once; isolates made from the blob start where evaluation ended. No script is ever in it. */
export function makeSnapshot(ivm: Ivm, sources: readonly SourceFile[]): Snapshot {
  return ivm.Isolate.createSnapshot(sources.map(({ code, filename }) => ({ code, filename })));
}

/**
 * No time limit on calls and events: isolated-vm keeps a timer for each until the limit has passed, frees thousands of
 * them recursively, and overflows its stack. A guest that does not return is ended with its process.
 */
const COPIED = { arguments: { copy: true } } as const;
/** Time for names on `global`: no code of the script runs meanwhile, but the machine may be busy. */
const NAMES_MS = 2000;
/** Time for looking into what is on `global`, where a `toJSON` of the script's may never return. */
const LOOK_MS = 50;

/** One isolate with a booted guest. Every entry is synchronous. */
export class GuestIsolate {
  readonly #isolate: ivmTypes.Isolate;
  readonly #context: ivmTypes.Context;
  readonly #event: ivmTypes.Reference;
  readonly #load: ivmTypes.Reference;
  readonly #call: ivmTypes.Reference;

  constructor(ivm: Ivm, options: IsolateOptions) {
    this.#isolate =
      options.isolate ??
      new ivm.Isolate({
        memoryLimit: options.memoryLimitMb,
        onCatastrophicError: options.onCatastrophe,
        ...(options.snapshot === null ? {} : { snapshot: options.snapshot }),
      });
    this.#context = this.#isolate.createContextSync();
    if (options.snapshot === null) {
      for (const source of options.sources) this.#evaluate(source);
    }
    const global = this.#context.global;
    global.setSync('__host', new ivm.Callback(options.host, { sync: true }));
    const entry = (name: string): ivmTypes.Reference => global.getSync(name, { reference: true });
    const connect = entry(GUEST_ENTRIES.connect);
    this.#event = entry(GUEST_ENTRIES.event);
    this.#load = entry(GUEST_ENTRIES.load);
    this.#call = entry(GUEST_ENTRIES.call);
    connect.applySync(undefined, [options.settings], { arguments: { copy: true } });
    for (const name of [...Object.values(GUEST_ENTRIES), ...GUEST_LEFTOVERS]) global.deleteSync(name);
    // It would keep the context alive.
    connect.release();
  }

  #evaluate({ code, filename, compiled }: SourceFile): void {
    const known = compiled.data === null ? { produceCachedData: true } : { cachedData: compiled.data };
    // The declarations leave out what `produceCachedData` gives.
    const script: ivmTypes.Script & { readonly cachedData?: ivmTypes.ExternalCopy<ArrayBuffer> } =
      this.#isolate.compileScriptSync(code, { filename, ...known });
    script.runSync(this.#context);
    if (script.cachedData !== undefined) compiled.data = script.cachedData;
    script.release();
  }

  load(key: string, slot: string, text: string, configuration: unknown, timeoutMs: number): LoadOutcome {
    const wrapped = wrapScript(slot, text);
    let script: ivmTypes.Script;
    try {
      script = this.#isolate.compileScriptSync(wrapped.code, wrapped);
    } catch (error) {
      if (this.#isolate.isDisposed) throw new GuestTerminated();
      return { ok: false, reason: 'syntax', message: messageOf(error) };
    }
    try {
      return this.#guarded(() => {
        const factory = script.runSync(this.#context, { reference: true, timeout: timeoutMs });
        const args = [key, slot, factory.derefInto({ release: true }), configuration];
        const options = { ...COPIED, result: { copy: true }, timeout: timeoutMs } as const;
        return this.#load.applySync(undefined, args, options) as LoadAnswer;
      });
    } catch (error) {
      if (messageOf(error) === 'Script execution timed out.') return { ok: false, reason: 'blocked' };
      throw error;
    }
  }

  call(attempt: number, key: string, args: readonly unknown[]): void {
    this.#guarded(() => this.#call.applySync(undefined, [attempt, key, args], COPIED));
  }

  event(args: readonly unknown[]): void {
    this.#guarded(() => this.#event.applySync(undefined, args as unknown[], COPIED));
  }

  /** Names of what scripts put on `global`. */
  globalNames(): readonly string[] {
    return this.#guarded(
      () => this.#context.evalSync('Object.keys(globalThis)', { copy: true, timeout: NAMES_MS }) as string[],
    );
  }

  /** Whether the JSON of something on `global` contains a text. */
  globalHolds(name: string, text: string): boolean {
    const code =
      'const json = JSON.stringify(globalThis[$0]); return typeof json === "string" && json.includes($1);';
    return this.#guarded(
      () =>
        this.#context.evalClosureSync(code, [name, text], { timeout: LOOK_MS, result: { copy: true } }) ===
        true,
    );
  }

  heapBytes(): number {
    const heap = this.#isolate.getHeapStatisticsSync();
    return heap.used_heap_size + heap.externally_allocated_size;
  }

  get disposed(): boolean {
    return this.#isolate.isDisposed;
  }

  /** Lets go of the context and gives the isolate back, to be used again. */
  leave(): ivmTypes.Isolate {
    for (const held of [this.#event, this.#load, this.#call, this.#context]) held.release();
    return this.#isolate;
  }

  dispose(): void {
    if (!this.#isolate.isDisposed) this.#isolate.dispose();
  }

  #guarded<T>(enter: () => T): T {
    try {
      return enter();
    } catch (error) {
      throw this.#isolate.isDisposed ? new GuestTerminated() : error;
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
