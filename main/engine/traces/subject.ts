import type { TrialRecord } from '#contract/trial-record.ts';
import type { Trace, TraceRequest } from '#contract/traces.ts';
import type { Assumptions } from '#domain/assumptions.ts';
import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import type { UserOutcome } from '#domain/migration/outcome.ts';
import type { LegacyKey } from '#domain/profile/legacy-user.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { Project } from '#engine/ports/project-store.ts';
import type { Replica } from '#engine/ports/replica.ts';
import type { Personal } from '#engine/traces/step.ts';
import type { PreparedUser } from '#engine/trials/prepare-user.ts';

/** Where a trace looks: the project as it is now, and what the trial left. */
export interface TraceContext {
  readonly ports: Ports;
  readonly request: TraceRequest;
  readonly project: Project;
  readonly assumptions: Assumptions;
  readonly record: TrialRecord | null;
  readonly replica: Replica | null;
  readonly personal: Personal;
}

/** The one person that a trace is about. */
export interface Subject {
  readonly key: LegacyKey;
  readonly legacyId: string | null;
  /** The row as it is now; null where it is gone or cannot be read. */
  readonly live: PreparedUser | null;
  /** What the trial says, one per phase, in the order of the phases. */
  readonly outcomes: readonly UserOutcome[];
}

/** One person, or why there is none. */
export interface Found {
  readonly subject: Subject | null;
  readonly matches: Trace['matches'];
  readonly diagnostics: readonly Diagnostic[];
}
