import { join } from 'node:path';
import { runWatched } from './child.ts';
import { type Goal, figure } from './rows.ts';

/** What the process of a trial tells. */
export interface TrialOutput {
  readonly id: string;
  /** From the call that starts it until it has stopped. */
  readonly seconds: number;
  /** Progress as it was told, at most ten times a second. */
  readonly seen: readonly { readonly atMs: number; readonly done: number }[];
  readonly counts: { readonly ok: number; readonly failed: number; readonly skipped: number };
  /** Of the engine's own process, with all its threads. */
  readonly cpuSeconds: number;
  /** Resident memory of the engine's own process at its most. */
  readonly peakMb: number;
}

export interface MeasuredTrial {
  readonly users: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly counts: TrialOutput['counts'];
  /** Users a second in the first and the last tenth; null where the trial was over too soon to tell. */
  readonly tenths: { readonly first: number; readonly last: number } | null;
  /** Seconds after the last user; null where nothing was told before. */
  readonly endSeconds: number | null;
  /** Engine and workers together at their most. */
  readonly peakMb: number;
  /** Each process by itself when all together were at their most, the engine first. */
  readonly peakMbEach: readonly number[];
  /** Its folder in the project. */
  readonly folder: string;
}

/** Fewer reports of progress than this do not tell of tenths. */
const ENOUGH_SEEN = 20;

/** Runs a trial in a process of its own and fails where it did not take every user to an outcome. */
export async function runTrial(
  project: string,
  kind: 'bulk' | 'lazy',
  users: number,
): Promise<MeasuredTrial> {
  const { stdout, memory } = await runWatched(join(import.meta.dirname, 'one-trial.ts'), [project, kind]);
  const output = JSON.parse(stdout) as TrialOutput;
  const done = output.counts.ok + output.counts.failed + output.counts.skipped;
  if (done !== users) throw new Error(`the trial has outcomes of ${done} users of ${users}`);
  return {
    users,
    seconds: output.seconds,
    cpuSeconds: output.cpuSeconds,
    counts: output.counts,
    tenths: output.seen.length < ENOUGH_SEEN ? null : tenthsOf(output.seen, users),
    endSeconds: endOf(output.seen, users, output.seconds),
    // The process itself knows its peak exactly; of the sum only what was seen between two looks can be missed.
    peakMb: Math.max(output.peakMb, memory?.mb ?? 0),
    peakMbEach: memory?.each ?? [],
    folder: join(project, 'trials', output.id),
  };
}

/**
 * Rates between the commits nearest to each place. Time before the first commit is start, not work on users, and what
 * comes after the last user is the end: the last report is told once that is over too.
 */
export function tenthsOf(
  seen: TrialOutput['seen'],
  users: number,
): { readonly first: number; readonly last: number } | null {
  const commits = seen.filter(({ done }) => done > 0);
  const at = (part: number) => commits.find(({ done }) => done >= part * users);
  const [start, tenth, ninth] = [commits[0], at(0.1), at(0.9)];
  const end = commits.findLast(({ done }) => done < users);
  if (start === undefined || tenth === undefined || ninth === undefined || end === undefined) return null;
  const rate = (from: typeof start, to: typeof start) =>
    ((to.done - from.done) / (to.atMs - from.atMs)) * 1000;
  const [first, last] = [rate(start, tenth), rate(ninth, end)];
  return Number.isFinite(first) && Number.isFinite(last) ? { first, last } : null;
}

/** Seconds from the last report before all users were done until the trial had stopped: indexes, list of rejects. */
export function endOf(seen: TrialOutput['seen'], users: number, seconds: number): number | null {
  const last = seen.findLast(({ done }) => done < users);
  return last === undefined ? null : seconds - last.atMs / 1000;
}

const FLAT: Goal = { ratio: 0.9, users: 1_000_000 };
export const MOST_MEMORY_MB = 500;

/** Rows that every long trial has: how flat it is, and how much memory it took. */
export function flatnessAndMemory(name: string, trial: MeasuredTrial): void {
  const { users, tenths, endSeconds } = trial;
  if (tenths !== null) {
    const baseline = { name: 'first tenth of the same trial', figure: tenths.first };
    figure(`${name}: last tenth`, tenths.last, 'users/s', { baseline, users, goal: FLAT });
  }
  if (endSeconds !== null) figure(`${name}: after the last user`, endSeconds, 's', { better: 'less', users });
  figure(`${name}: peak memory of engine and workers`, trial.peakMb, 'MB', {
    better: 'less',
    users,
    goal: { most: MOST_MEMORY_MB, users: 100_000 },
  });
}
