import type { JsonObject } from '#domain/json.ts';

export type ImportJobStatus = 'pending' | 'completed' | 'failed';

/** An import job of the replica, named and shaped as the tenant reports it. */
export interface ImportJob {
  readonly id: string;
  readonly type: 'users_import';
  readonly status: ImportJobStatus;
  readonly connection: string;
  readonly upsert: boolean;
  readonly externalId: string;
  /** Name of the import file inside the trial folder, and its size in bytes. */
  readonly file: string;
  readonly bytes: number;
  readonly summary: {
    readonly total: number;
    readonly inserted: number;
    readonly updated: number;
    readonly failed: number;
  } | null;
  readonly statusDetails: string | null;
  /** On the simulated clock; absent for jobs of a bulk phase, whose times follow from the order of their files. */
  readonly createdAtMs?: number;
  readonly endedAtMs?: number;
  readonly sendCompletionEmail?: boolean;
  /** What the records of the job showed, by code; absent for jobs of a bulk phase, which has outcomes. */
  readonly findings?: readonly JobFinding[];
}

/** A finding about records of a job. */
export interface JobFinding {
  readonly code: string;
  readonly users: number;
  /** The first record that has it, by its 0-based place in the file, and what exactly. */
  readonly index: number;
  readonly detail: string;
}

/** One refused record of a job, as `GET /jobs/{id}/errors` gives it: secrets masked. */
export interface ImportJobError {
  readonly index: number;
  /** Position of the legacy user the record came from; -1 where the file came from elsewhere. */
  readonly position: number;
  readonly user: JsonObject;
  readonly errors: readonly { readonly code: string; readonly message: string; readonly path?: string }[];
}
