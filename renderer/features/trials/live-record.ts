import type { PhaseRecord, TrialRecord, TrialStatus } from '#contract/trial-record.ts';
import type { Progress } from '#contract/trials.ts';
import { isUnderWay } from '#renderer/stores/trial-progress.ts';

export interface LiveRecord {
  readonly status: TrialStatus;
  /** The status in words. */
  readonly words: string;
  readonly phases: readonly PhaseRecord[];
  /** What runs now; null where nothing does. */
  readonly now: Progress | null;
}

/** A record as it stands this moment: the newest counts of the phase that runs, over what the record said last. */
export function liveRecord(record: TrialRecord, progress: Progress | undefined): LiveRecord {
  const now = progress !== undefined && record.status === 'running' ? progress : null;
  const status =
    now === null ? record.status : isUnderWay(now) && now.status === 'paused' ? 'paused' : now.status;
  return {
    status,
    words: now?.pausedBy === 'database' ? 'waiting for the database' : status,
    phases: now === null ? record.phases : record.phases.map((phase) => withProgress(phase, now)),
    now,
  };
}

function withProgress(phase: PhaseRecord, now: Progress): PhaseRecord {
  if (phase.phase !== now.phase || phase.done > now.done) return phase;
  const { expected, done, ok, failed, skipped } = now;
  return { ...phase, expected, done, ok, failed, skipped };
}
