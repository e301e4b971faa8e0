import type { ConsoleLine, ScriptAttempt } from '#engine/ports/script-runner.ts';
import { AttemptTraffic } from './attempt-traffic.ts';
import type { AttemptResult, FindingMessage } from './protocol.ts';

/** An attempt from the moment it is asked for until its result is known. */
export interface AttemptJob {
  readonly id: number;
  readonly attempt: ScriptAttempt;
  /** Attempts with the same key may share a container. */
  readonly key: string;
  readonly full: boolean;
  /** The user's identifier in bytes, by which a statement is known to be this attempt's; null if it is too short. */
  readonly needle: Buffer | null;
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
  return {
    id,
    attempt,
    key: `${attempt.script.checksum} ${attempt.script.slot} ${JSON.stringify(attempt.configuration)}`,
    full,
    needle: typeof identifier === 'string' && identifier.length >= 4 ? Buffer.from(identifier) : null,
    traffic: new AttemptTraffic(full, 0),
    console: [],
    findings: [],
    order: 0,
    startedAt: 0,
    result: null,
    totalMs: 0,
    expired: false,
    openSockets: 0,
    timer: null,
    done,
    failed,
  };
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
