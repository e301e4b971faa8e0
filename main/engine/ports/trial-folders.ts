import type { TrialRecord } from '#contract/trial-record.ts';

export type ListedTrial =
  | { readonly kind: 'trial'; readonly record: TrialRecord }
  | { readonly kind: 'damaged'; readonly id: string; readonly reason: string };

/** The `trials/<id>` folders of a project. Faults: `trial-missing`, `replica-unwritable` (disk full, read-only). */
export interface TrialFolders {
  create(project: string, record: TrialRecord): Promise<void>;
  /** Atomic: readers see the old or the new record, never a torn one. */
  writeRecord(project: string, record: TrialRecord): Promise<void>;
  readRecord(project: string, trial: string): Promise<TrialRecord>;
  /** Newest first; a folder whose record cannot be read is listed as damaged. */
  list(project: string): Promise<readonly ListedTrial[]>;
  remove(project: string, trial: string): Promise<void>;
  /** Absolute path of the replica of a trial. */
  replicaPath(project: string, trial: string): string;
  /** Text of a file below the trial's folder. Fault `trial-missing` where it is not there. */
  readFile(project: string, trial: string, name: string): Promise<string>;
  /** Writes a text, or its pieces in order, below the trial's folder in one step and answers its size in bytes. */
  writeFile(project: string, trial: string, name: string, text: string | Iterable<string>): Promise<number>;
}

/** Held while a process writes to a project. */
export interface ProjectLock {
  release(): Promise<void>;
}
