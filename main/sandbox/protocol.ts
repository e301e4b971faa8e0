import type { scriptCatalog } from '#domain/diagnostics/catalog/script.ts';
import type {
  PasswordCheckPlan,
  ScriptAttempt,
  ScriptEnding,
  ScriptError,
} from '#engine/ports/script-runner.ts';

/**
 * Frame types between the engine and a worker. `container` and `id` of the header say what a frame is about; the
 * engine chooses container and attempt numbers, the guest its socket and request numbers, and each side only
 * ever looks a number up among those it knows of that container.
 */
export const FRAME = {
  /** engine → worker: a container for one script (`OpenContainer`, JSON). */
  open: 1,
  /** engine → worker, id = attempt: run it (`RunAttempt`, JSON). */
  run: 2,
  /** engine → worker: dispose of a container. */
  discard: 3,
  /** engine → worker, id = socket: bytes that arrived. */
  data: 4,
  /** engine → worker, id = socket or request: `v8.serialize` of what happened to it. */
  event: 5,
  /** engine → worker, id = attempt: its time is up; say how it stands (`result`). */
  expire: 6,
  /** engine → worker: say anything (`alive`), to show that no script keeps the thread. */
  ping: 7,
  /** worker → engine: ready for containers. */
  ready: 16,
  /** worker → engine, id = socket: bytes to write; the second kind wants a `drain` event. */
  write: 17,
  writeThenDrain: 18,
  /** worker → engine, id = socket or request: `SocketOp`, JSON. */
  op: 19,
  /** worker → engine, id = socket: payload is the attempt (u32) that uses it from now on. */
  owner: 20,
  /** worker → engine, id = attempt: `AttemptResult`, JSON. */
  result: 21,
  /** worker → engine, id = attempt: `ConsoleMessage`, JSON. */
  console: 22,
  /** worker → engine, id = attempt: `FindingMessage`, JSON; may come after the result. */
  finding: 23,
  /** worker → engine: a container that can take no more attempts (`ContainerLost`, JSON). */
  lost: 24,
  /** worker → engine, id = attempt: it has just ended; for those whose detail is `full`. */
  ended: 25,
  /** worker → engine: the container's script has been loaded, or found not to load; attempts begin from here on. */
  opened: 26,
  /** worker → engine, id = socket: what the tap inside of it read there (`TapMessage`, JSON). */
  tap: 27,
  /** worker → engine: the answer to `ping`. */
  alive: 28,
} as const;

export interface OpenContainer {
  readonly slot: string;
  readonly text: string;
  readonly configuration: Readonly<Record<string, string>>;
  /** Modules the guest starts with, as `name@version`. */
  readonly modules: readonly string[];
  /** Requests to evaluate before the script; with `snapshot`, once for all isolates with the same ones. */
  readonly warm: readonly string[];
  readonly snapshot: boolean;
  readonly memoryLimitMb: number;
  /** For one attempt only, of which nothing is to be seen afterwards. */
  readonly fresh: boolean;
}

export type WirePlan =
  | { readonly kind: 'true' }
  | {
      readonly kind: 'assume';
      readonly answer: 'right' | 'wrong' /** base64 */;
      readonly digests: readonly string[];
    };

export interface RunAttempt {
  readonly args: ScriptAttempt['args'];
  readonly password: string | null;
  readonly plan: WirePlan;
  readonly detail: ScriptAttempt['detail'];
  readonly timeLimitMs: number;
  /** Counts the attempts given to one worker. */
  readonly order: number;
}

export function wirePlan(plan: PasswordCheckPlan): WirePlan {
  if (plan.kind === 'true') return plan;
  return {
    kind: 'assume',
    answer: plan.answer,
    digests: plan.storedDigests.map((digest) => Buffer.from(digest).toString('base64')),
  };
}

/** What a worker may report about a run. */
export type RunCode = keyof typeof scriptCatalog;

export interface FindingMessage {
  readonly code: RunCode;
  readonly message: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

export interface ConsoleMessage {
  readonly level: 'log' | 'info' | 'warn' | 'error' | 'debug' | 'trace';
  readonly text: string;
}

export interface AttemptResult {
  /** `expired`: asked by `expire`, nothing had ended the attempt; the engine says what that means. */
  readonly ending: ScriptEnding | 'expired';
  /** JSON text of the callback's second argument. */
  readonly value: string | null;
  readonly error: ScriptError | null;
  readonly findings: readonly FindingMessage[];
  readonly truly: number;
  readonly assumed: number;
  readonly hashingMs: number;
  readonly memoryBytes: number | null;
  /** Milliseconds of the longest turn that the attempt kept the event loop; null if it is not known. */
  readonly longestTurnMs: number | null;
  /** What the container still waits for besides sockets: a timer, or work such as a lookup or a hash. */
  readonly waiting: 'nothing' | 'timer' | 'work';
  /** The script has put something on `global`, where pools are kept. */
  readonly pooled: boolean;
}

export interface ContainerLost {
  readonly reason: 'out-of-memory' | 'blocked' | 'crashed';
  /** The attempt that was running, 0 when it cannot be told. */
  readonly attempt: number;
}

/** What a worker is started with, as JSON in its first argument. */
export interface WorkerSettings {
  /** Folder with the built guest. */
  readonly build: string;
  /** The native part of isolated-vm, chosen by the engine for this platform. */
  readonly isolatedVm: string;
  /** Resident memory at which the worker kills itself, besides what each of its isolates may take. */
  readonly residentLimitBytes: number;
}

/**
 * What the worker's watchdog writes to stderr, one line each, as the main thread may be stuck: container and attempt
 * of the running turn, and the order of the last attempt that was begun.
 */
export const WATCHDOG_LINE = /^(memory|stuck) (\d+) (\d+) (\d+)$/;

/** Endings are told to scripts' owners with the limits they hit, so both sides need the same ones. */
export const LIMITS = {
  scriptBytes: 100 * 1024,
  resultBytes: 4 * 1024 * 1024,
  consoleLines: 1000,
  consoleBytes: 256 * 1024,
  socketsPerContainer: 256,
  requestsPerContainer: 512,
  ciphersPerContainer: 200,
  /** Unsent bytes of one socket before it is cut off. */
  socketBacklogBytes: 32 * 1024 * 1024,
} as const;
