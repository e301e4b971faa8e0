import type { ScriptError } from '#engine/ports/script-runner.ts';
import type { GuestError, JsonLoss } from '../guest/guest-api.ts';
import { type AttemptResult, type FindingMessage, LIMITS, type RunAttempt } from '../protocol.ts';

const MOST_FINDINGS = 40;

/** One attempt as the worker sees it, from `run` until its result has been sent. */
export interface AttemptState {
  readonly id: number;
  readonly full: boolean;
  readonly deadline: number;
  /** The user's identifier, where it is long enough to be recognised in other data. */
  readonly needle: string | null;
  readonly findings: FindingMessage[];
  consoleLines: number;
  consoleBytes: number;
  hashingMs: number;
  longestTurnMs: number;
  ended: Pick<AttemptResult, 'ending' | 'value' | 'error'> | null;
  sent: boolean;
}

export function newAttempt(id: number, run: RunAttempt): AttemptState {
  const [identifier] = run.args;
  return {
    id,
    full: run.detail === 'full',
    deadline: performance.now() + run.timeLimitMs,
    needle: typeof identifier === 'string' && identifier.length >= 4 ? identifier : null,
    findings: [],
    consoleLines: 0,
    consoleBytes: 0,
    hashingMs: 0,
    longestTurnMs: 0,
    ended: null,
    sent: false,
  };
}

/** Keeps a finding once; a script that repeats itself a thousand times is told about it one time. */
export function addFinding(state: AttemptState, finding: FindingMessage): boolean {
  const known = state.findings.some(
    (other) => other.code === finding.code && other.message === finding.message,
  );
  if (known || state.findings.length >= MOST_FINDINGS) return false;
  state.findings.push({ ...finding, message: finding.message.slice(0, 4000) });
  return true;
}

const FRAME = /(?:^|[\s(])((?:[a-z_]+)\.js):(\d+):(\d+)\)?$/;

/** Where in the script a stack first is, by the guest's `login.js:3:7`. */
export function scriptPlace(
  stack: string | undefined,
): { line: number; column: number } | Record<string, never> {
  for (const line of stack?.split('\n') ?? []) {
    const found = FRAME.exec(line.trim());
    if (found !== null) return { line: Number(found[2]), column: Number(found[3]) };
  }
  return {};
}

export function scriptError(error: GuestError): ScriptError {
  const frames = error.stack?.split('\n').filter((line) => FRAME.test(line.trim()));
  const cut = (value: string, longest: number): string =>
    value.length > longest ? value.slice(0, longest) : value;
  return {
    name: cut(error.name, 1000),
    message: cut(error.message, 20_000),
    ...(error.code === undefined ? {} : { code: cut(error.code, 1000) }),
    ...(error.description === undefined ? {} : { description: cut(error.description, 20_000) }),
    ...(error.userId === undefined ? {} : { userId: cut(error.userId, 1000) }),
    ...(frames === undefined || frames.length === 0 ? {} : { stack: cut(frames.join('\n'), 20_000) }),
    ...scriptPlace(error.stack),
  };
}

/** Text of what was thrown by host code that has no guest error to show: an unhandled rejection. */
export function thrownError(error: unknown): ScriptError {
  const own = error instanceof Error ? error : new Error(String(error));
  const frames = own.stack?.split('\n').filter((line) => FRAME.test(line.trim()));
  return {
    name: own.name.slice(0, 1000),
    message: own.message.slice(0, 20_000),
    ...(frames === undefined || frames.length === 0 ? {} : { stack: frames.join('\n').slice(0, 20_000) }),
    ...scriptPlace(own.stack),
  };
}

const LOSS: Readonly<Record<JsonLoss['what'], string>> = {
  undefined: 'undefined is left out',
  function: 'a function is left out',
  symbol: 'a symbol is left out',
  'not-a-number': 'NaN or Infinity becomes null',
  date: 'a Date becomes text',
  bytes: 'a Buffer becomes an object with a list of numbers',
  'map-or-set': 'a Map or Set becomes an empty object',
  regexp: 'a regular expression becomes an empty object',
  error: 'an Error becomes an empty object',
  bigint: 'a BigInt cannot be passed on',
  circular: 'a cycle cannot be passed on',
  'to-json': 'replaced by what its toJSON gives',
};

/** Properties that are undefined are left out by every JSON writer and rarely meant: told apart from real losses. */
export function lossFindings(losses: readonly JsonLoss[]): FindingMessage[] {
  const dropped = losses.filter(({ what }) => what === 'undefined');
  const others = losses.filter(({ what }) => what !== 'undefined');
  return [
    ...(others.length === 0 ? [] : [{ code: 'script.result-loses-data', message: listed(others) } as const]),
    ...(dropped.length === 0
      ? []
      : [{ code: 'script.result-drops-undefined', message: listed(dropped) } as const]),
  ];
}

function listed(losses: readonly JsonLoss[]): string {
  const first = losses.slice(0, 10).map(({ path, what }) => `${path.slice(0, 200)}: ${LOSS[what]}`);
  const more = losses.length > first.length ? `; and ${losses.length - first.length} more` : '';
  return `${first.join('; ')}${more}`;
}

/** What Node and the platform's own classes put on errors: nobody means them to be seen outside. */
const OWN_TO_ERRORS: ReadonlySet<string> = new Set(
  'statusCode errno syscall address port hostname path dest info cause errors'.split(' '),
);

/** Properties that the script's author put on an error and that do not leave the script. */
export function lostByAuthor(lost: readonly string[] | undefined): readonly string[] {
  return (lost ?? []).filter((name) => !OWN_TO_ERRORS.has(name));
}

export function syncHashing(operation: string): FindingMessage {
  return {
    code: 'script.sync-hashing',
    message: `"${operation}" kept the whole container waiting while it worked`,
  };
}

/** Whether one more console line is kept; says so once when the limit is reached. */
export function keepConsole(state: AttemptState, text: string): 'keep' | 'cut' | 'drop' {
  if (state.consoleLines > LIMITS.consoleLines || state.consoleBytes > LIMITS.consoleBytes) return 'drop';
  state.consoleLines += 1;
  state.consoleBytes += text.length;
  return state.consoleLines > LIMITS.consoleLines || state.consoleBytes > LIMITS.consoleBytes
    ? 'cut'
    : 'keep';
}

/** A result that says nothing yet. */
export const NOTHING = {
  value: null,
  error: null,
  findings: [],
  truly: 0,
  assumed: 0,
  hashingMs: 0,
  memoryBytes: null,
  longestTurnMs: null,
  waiting: 'nothing',
  pooled: false,
} as const;
