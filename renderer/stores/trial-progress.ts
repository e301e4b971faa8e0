import { create } from 'zustand';
import type { TrialRecord } from '#contract/trial-record.ts';
import type { Progress } from '#contract/trials.ts';

/** Rates kept for the line beside a running trial; at ten a second at most, so one a second is drawn. */
const KEPT = 180;
const EVERY_MS = 1_000;

export interface RateAt {
  readonly atMs: number;
  /** Users per second; 0 while it waits. */
  readonly rate: number;
}

export interface Followed {
  readonly folder: string;
  readonly progress: Progress;
  readonly rates: readonly RateAt[];
}

interface TrialProgress {
  readonly trials: Readonly<Record<string, Followed>>;
  readonly note: (folder: string, progress: Progress) => void;
  /** A trial was begun or resumed just now; what it says itself comes later. */
  readonly begun: (folder: string, record: TrialRecord) => void;
  /** Its record says that it does not run any more: whoever followed it may have missed the last word. */
  readonly ended: (folder: string, record: TrialRecord) => void;
  readonly forget: (trial: string) => void;
  /** The trial that runs, or waits for its database; not one that somebody paused. */
  readonly runningIn: (folder: string) => Followed | undefined;
}

/** The newest progress of every trial that is followed, for status bar, list and screen alike. */
export const useTrialProgress = create<TrialProgress>()((set, get) => ({
  trials: {},
  note: (folder, progress) =>
    set(({ trials }) => {
      const rates = noted(trials[progress.trial]?.rates ?? [], progress, Date.now());
      return { trials: { ...trials, [progress.trial]: { folder, progress, rates } } };
    }),
  begun: (folder, record) => get().note(folder, firstProgress(record)),
  ended: (folder, record) => {
    const seen = get().trials[record.id];
    if (seen === undefined || !isUnderWay(seen.progress) || record.status === 'running') return;
    get().note(folder, lastProgress(record));
  },
  forget: (trial) =>
    set(({ trials }) => {
      const { [trial]: _gone, ...rest } = trials;
      return { trials: rest };
    }),
  runningIn: (folder) =>
    Object.values(get().trials).find((one) => one.folder === folder && isUnderWay(one.progress)),
}));

function firstProgress({ id, phases }: TrialRecord): Progress {
  const phase = phases.find((one) => !one.finished) ?? phases[0];
  const { expected = 0, done = 0, ok = 0, failed = 0, skipped = 0 } = phase ?? {};
  return {
    trial: id,
    status: 'running',
    phase: phase?.phase ?? null,
    expected,
    done,
    ok,
    failed,
    skipped,
    rate: null,
    etaSeconds: null,
    note: null,
  };
}

function lastProgress(record: TrialRecord): Progress {
  const phase = record.phases.find((one) => !one.finished) ?? record.phases.at(-1);
  return {
    ...firstProgress(phase === undefined ? record : { ...record, phases: [phase] }),
    status: record.status,
    note: record.fault?.message ?? null,
    ...(record.status === 'paused' ? { pausedBy: 'user' as const } : {}),
  };
}

/** Whether it runs, or waits to go on by itself. */
export function isUnderWay({ status, pausedBy }: Pick<Progress, 'status' | 'pausedBy'>): boolean {
  return status === 'running' || (status === 'paused' && pausedBy === 'database');
}

export function noted(rates: readonly RateAt[], progress: Progress, atMs: number): readonly RateAt[] {
  const last = rates.at(-1);
  if (last !== undefined && atMs - last.atMs < EVERY_MS) return rates;
  if (progress.rate === null && progress.status === 'running') return rates;
  return [...rates.slice(1 - KEPT), { atMs, rate: progress.rate ?? 0 }];
}
