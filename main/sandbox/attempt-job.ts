import type { ConsoleLine, ScriptAttempt } from '#engine/ports/script-runner.ts';
import { AttemptTraffic } from './attempt-traffic.ts';
import type { AttemptResult, FindingMessage } from './protocol.ts';

/** An attempt from the moment it is asked for until its result is known. */
export interface AttemptJob {
  readonly id: number;
  readonly attempt: ScriptAttempt;
  /** Attempts with the same key may share a container. */
  readonly key: string;
  /** Attempts of one kind start in the order they came. */
  readonly kind: string;
  readonly full: boolean;
  /** The user's identifier in bytes, by which a statement is known to be this attempt's; null if it is too short. */
  readonly needle: Buffer | null;
  /** What the user typed, as it would stand in the text of a statement. */
  readonly typed: readonly Buffer[];
  traffic: AttemptTraffic;
  readonly console: ConsoleLine[];
  readonly findings: FindingMessage[];
  /** Order among the attempts of its worker. */
  order: number;
  startedAt: number;
  result: AttemptResult | null;
  /** Milliseconds from start to the end of the attempt; settling does not count. */
  totalMs: number;
  expired: boolean;
  /** Its first worker was gone before the script was loaded. */
  isSecondTry: boolean;
  /** Sockets open in the container when it ended. */
  openSockets: number;
  timer: NodeJS.Timeout | null;
  readonly done: (job: AttemptJob) => void;
  readonly failed: (error: Error) => void;
}

export function newJob(
  id: number,
  attempt: ScriptAttempt,
  done: AttemptJob['done'],
  failed: AttemptJob['failed'],
): AttemptJob {
  const full = attempt.detail === 'full';
  const [identifier] = attempt.args;
  const key = `${attempt.script.checksum} ${attempt.script.slot} ${JSON.stringify(attempt.configuration)}`;
  const needle = typeof identifier === 'string' && identifier.length >= 4 ? Buffer.from(identifier) : null;
  return {
    id,
    attempt,
    key,
    kind: `${attempt.container} ${full} ${key}`,
    full,
    needle,
    typed: needle === null ? [] : recognisable(identifier as string),
    traffic: new AttemptTraffic(full, 0),
    console: [],
    findings: [],
    order: 0,
    startedAt: 0,
    result: null,
    totalMs: 0,
    expired: false,
    isSecondTry: false,
    openSockets: 0,
    timer: null,
    done,
    failed,
  };
}

/** An address says whose it is wherever it stands; another name could be a word of the statement. */
function recognisable(identifier: string): readonly Buffer[] {
  const spellings = new Set([identifier, identifier.toLowerCase()]);
  return [...spellings].map((one) => Buffer.from(one.includes('@') ? one : `'${one}'`));
}

/** Whether it may be tried again; true once. */
export function firstTry(job: AttemptJob): boolean {
  if (job.isSecondTry) return false;
  job.isSecondTry = true;
  return true;
}

/** Hands the job back to whoever asked for it. */
export function endJob(job: AttemptJob): void {
  if (job.timer !== null) clearTimeout(job.timer);
  job.timer = null;
  if (job.totalMs === 0) job.totalMs = performance.now() - job.startedAt;
  job.traffic.finish();
  job.done(job);
}

/** The result of an attempt whose worker or container is gone. */
export function endingOf(
  ending: AttemptResult['ending'],
  findings: readonly FindingMessage[] = [],
): AttemptResult {
  return {
    ending,
    value: null,
    error: null,
    findings,
    truly: 0,
    assumed: 0,
    hashingMs: 0,
    memoryBytes: null,
    longestTurnMs: null,
    waiting: 'nothing',
    pooled: false,
  };
}

/** Something else took the worker down; the script of this attempt did nothing wrong. */
export function lostWithWorker(): AttemptResult {
  return endingOf('crashed', [
    {
      code: 'script.lost-with-worker',
      message: 'the worker process ended because of another attempt, or from outside',
    },
  ]);
}
