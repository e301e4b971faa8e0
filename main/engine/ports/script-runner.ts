import type { Json } from '#domain/json.ts';
import type { Slot } from '#domain/migration/slots.ts';
import type { Secret } from '#domain/secret.ts';

export interface Script {
  readonly slot: Slot;
  readonly text: string;
  /** SHA-256 of the text, hex. Warm isolates are kept per checksum. */
  readonly checksum: string;
}

/** What runs beside database action scripts, in the same walls. */
export const PROGRAM_KINDS = ['action', 'rules', 'hook'] as const;
export type ProgramKind = (typeof PROGRAM_KINDS)[number];

/**
 * An Action, all Rules as one list, or a Hook. Its one argument says what is called and with what; its answer is
 * what that call asked for.
 */
export interface Program {
  readonly slot: ProgramKind;
  readonly text: string;
  readonly checksum: string;
}

/**
 * How password comparisons inside the sandbox are answered. `true`: really computed on the host's thread pool.
 * `assume`: a comparison that involves the attempt's password says what the scenario says; a digest, pbkdf2 or
 * scrypt over that password gives the bytes of `storedDigests` with the same length (right), or bytes that differ from
 * them (wrong). Where no stored digest has the length it is really computed. What was answered is counted in
 * `passwordChecks.assumed`.
 */
export type PasswordCheckPlan =
  | { readonly kind: 'true' }
  | {
      readonly kind: 'assume';
      readonly answer: 'right' | 'wrong';
      readonly storedDigests: readonly Uint8Array[];
    };

export interface ScriptAttempt {
  readonly script: Script | Program;
  /** Positional arguments before `callback`, in the slot's order, `context` included where enabled. */
  readonly args: readonly Json[];
  /** The password among the arguments, so that comparisons over it can be told apart. */
  readonly password: Secret | null;
  readonly configuration: Readonly<Record<string, string>>;
  /** warm: `global` and connections survive between attempts of one container; fresh: a new container for each. */
  readonly container: 'warm' | 'fresh';
  readonly timeLimitMs: number;
  readonly passwordChecks: PasswordCheckPlan;
  /** How much to record: `counts` for mass trials, `full` (texts, statements) for `try`. */
  readonly detail: 'counts' | 'full';
}

/** How a run of a script ended. A closed set: whatever else happens is a bug of ours. */
export const SCRIPT_ENDINGS = [
  'called-back',
  'called-back-error',
  'never-called-back',
  'threw',
  'rejected',
  'timed-out',
  'blocked',
  'out-of-memory',
  'crashed',
  'does-not-compile',
  'too-large',
] as const;
export type ScriptEnding = (typeof SCRIPT_ENDINGS)[number];

/** The error a script called back with or threw, with only the fields that survive in a tenant. */
export interface ScriptError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly description?: string;
  readonly userId?: string;
  /** Frames in the script only, with the script's own line numbers. */
  readonly stack?: string;
  /** First script line of the stack, 1-based. */
  readonly line?: number;
  readonly column?: number;
}

export interface ConsoleLine {
  readonly atMs: number;
  readonly level: 'log' | 'info' | 'warn' | 'error' | 'debug' | 'trace';
  readonly text: string;
}

/** One statement or request seen on the wire, by the host. Bind values are masked to their types and lengths. */
export interface WireStatement {
  readonly protocol: 'postgresql' | 'mysql' | 'tds' | 'mongodb' | 'http' | 'ldap' | 'unknown';
  readonly connection: number;
  readonly text: string;
  readonly binds: readonly string[];
  readonly atMs: number;
  readonly ms: number;
  /** Rows or entries given back, or changed by a statement that gives none back; null where it is not known. */
  readonly rows: number | null;
  readonly error?: string;
}

export interface ScriptConnection {
  readonly id: number;
  readonly host: string;
  readonly port: number;
  readonly tls: 'none' | 'verified' | 'unverified';
  readonly openMs: number;
  /** Still open after the callback: a pool kept in `global`, or a leak. */
  readonly leftOpen: boolean;
}

/** A connection the egress policy refused. */
export interface RefusedConnection {
  readonly host: string;
  readonly port: number;
  readonly reason: string;
  readonly line?: number;
}

/** Facts found by running, under the codes of the catalog (`script.*`, `egress.*`). */
export interface ScriptFinding {
  readonly code: string;
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

export interface ScriptRun {
  readonly ending: ScriptEnding;
  /** What the callback's second argument was, as JSON; null when it was absent or null. */
  readonly value: Json;
  readonly error: ScriptError | null;
  readonly findings: readonly ScriptFinding[];
  readonly console: readonly ConsoleLine[];
  readonly statements: readonly WireStatement[];
  readonly connections: readonly ScriptConnection[];
  readonly refused: readonly RefusedConnection[];
  /** A connection of the attempt was refused or ended by the other side: perhaps not the script's fault. */
  readonly lostConnection?: boolean;
  readonly statementCount: number;
  readonly connectionCount: number;
  readonly passwordChecks: { readonly truly: number; readonly assumed: number };
  /** Milliseconds, split as far as it can be told. `script` is what is left of `total`. */
  readonly ms: {
    readonly total: number;
    readonly database: number;
    readonly hashing: number;
    readonly script: number;
  };
  readonly memoryBytes: number | null;
  /** Longest stretch in milliseconds that the script kept the event loop without a pause, where it is known. */
  readonly longestTurnMs?: number;
}

/** Where scripts may connect to. `host` is a name or an address as the script will spell it. */
export interface EgressRule {
  readonly host: string;
  readonly port: number | '*';
  /** What allowed it: the legacy connection or a setting of the project. */
  readonly because: string;
}

/**
 * Runs database action scripts, each in an isolate of a worker process that has no network, no files and no
 * environment. An attempt never rejects for what a script does: every ending is a result. It rejects with a
 * `Fault` (`sandbox-unavailable`) only if no worker can be started at all.
 */
export interface ScriptRunner {
  run(attempt: ScriptAttempt): Promise<ScriptRun>;
  /** Attempts worth having in flight at once; more only queue. */
  readonly concurrency: number;
  close(): Promise<void>;
}

export interface ScriptRunnerOptions {
  readonly workers: number;
  readonly egress: readonly EgressRule[];
  readonly memoryLimitMb?: number;
  /** What the network does to allowed connections, for the scenarios of `try`. */
  readonly network?: 'normal' | 'down' | 'slow';
  /** Closing keeps the workers for a while, empty, for whoever asks next with the same workers and memory. */
  readonly keepWorkers?: boolean;
}
