import { create } from 'zustand';

/** A file, or a list, that the engine hands over piece by piece. */
export interface FileJob {
  /** What comes of it: `audit.csv`. */
  readonly title: string;
  readonly done: number;
  /** 0 where nobody knows yet. */
  readonly expected: number;
  readonly stop: () => void;
}

/** Tells how far it is. */
export type ReportJob = (done: number, expected: number) => void;

interface FileJobs {
  /** By what they make; one at a time of each. They go on while other screens are looked at. */
  readonly jobs: Readonly<Record<string, FileJob>>;
}

export const useFileJobs = create<FileJobs>()(() => ({ jobs: {} }));

/** Does the work unless it is under way already. Rejects with what the work rejects with; giving it up is no trouble. */
export async function runFileJob(
  id: string,
  title: string,
  work: (signal: AbortSignal, report: ReportJob) => Promise<void>,
): Promise<void> {
  if (useFileJobs.getState().jobs[id] !== undefined) return;
  const controller = new AbortController();
  const put = (done: number, expected: number): void => {
    const job = { title, done, expected, stop: () => controller.abort() };
    useFileJobs.setState(({ jobs }) => ({ jobs: { ...jobs, [id]: job } }));
  };
  put(0, 0);
  try {
    await work(controller.signal, put);
  } catch (error) {
    if (!controller.signal.aborted) throw error;
  } finally {
    useFileJobs.setState(({ jobs: { [id]: _ended, ...jobs } }) => ({ jobs }));
  }
}
