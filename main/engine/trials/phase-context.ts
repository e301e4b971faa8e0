import type { PhaseRecord, TrialOptions } from '#contract/trial-record.ts';
import type { Assumptions } from '#domain/assumptions.ts';
import type { Secret } from '#domain/secret.ts';
import type { LegacyAccess } from '#engine/ports/legacy-access.ts';
import type { PipelineHost } from '#engine/pipeline/pipeline-host.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { Project } from '#engine/ports/project-store.ts';
import type { Replica } from '#engine/ports/replica.ts';
import type { ScriptRunner } from '#engine/ports/script-runner.ts';
import type { UserSource } from '#engine/trials/user-source.ts';

/** Everything one phase of one trial works with. Opened before and closed after by the trial. */
export interface PhaseContext {
  readonly trialId: string;
  readonly createdAtMs: number;
  readonly ports: Ports;
  readonly project: Project;
  readonly options: TrialOptions;
  readonly assumptions: Assumptions;
  readonly replica: Replica;
  readonly legacy: LegacyAccess;
  readonly source: UserSource;
  readonly signal: AbortSignal;
  /** True in the second phase of a mixed trial. */
  readonly afterOtherPhase: boolean;
  /** Runs work that needs the legacy database through its outages. */
  throughOutages<T>(work: () => Promise<T>): Promise<T>;
  /** Told after every committed batch. */
  committed(counts: PhaseProgress): void;
}

export interface LazyContext extends PhaseContext {
  readonly runner: ScriptRunner;
  readonly credentials: ReadonlyMap<string, Secret>;
  readonly configuration: Readonly<Record<string, string>>;
  /** Actions and Rules after each login; null where the trial leaves them out. */
  readonly pipeline: PipelineHost | null;
  /** Whether a run of the present batch looked like an outage of the legacy database. */
  readonly signs: { seen: boolean };
}

export type PhaseProgress = Pick<PhaseRecord, 'done' | 'ok' | 'failed' | 'skipped'> & {
  readonly finished: boolean;
};
