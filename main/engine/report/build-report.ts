import { type Report, REPORT_VERSION } from '#contract/report.ts';
import type { PhaseRecord, TrialRecord } from '#contract/trial-record.ts';
import { END_OF_LIFE } from '#domain/pipeline/pipeline.ts';
import { assumptionsInForce } from '#engine/report/assumptions-in-force.ts';
import { assertBalanced } from '#engine/report/balance.ts';
import { causeGroups, clashGroups, findingGroups } from '#engine/report/groups.ts';
import type { Phase, Replica } from '#engine/ports/replica.ts';

const COHORT_VALUES = 12;
const COHORTS = ['state', 'hashFormat', 'lastLogin', 'emailDomain'] as const;

export interface ReportOptions {
  readonly generatedAtMs: number;
  readonly personalData: boolean;
  /** Failed users that are accepted before the verdict becomes `findings`. */
  readonly allow: number;
}

/**
 * Reads one trial's replica into a report. The replica is the truth: counts come from its outcomes, and a report
 * whose parts do not add up is refused as a bug rather than printed.
 */
export function buildReport(record: TrialRecord, replica: Replica, options: ReportOptions): Report {
  const phases = record.phases.map((phase) => phase.phase);
  const counts = record.phases.map((phase) => withReplicaCounts(phase, replica));
  const causes = phases.flatMap((phase) => causeGroups(phase, replica, options.personalData));
  assertBalanced(counts, causes);
  return {
    version: REPORT_VERSION,
    generatedAt: new Date(options.generatedAtMs).toISOString(),
    trial: { ...record, phases: counts },
    verdict: verdictOf(record, replica, counts, options.allow),
    counts,
    coverage: phases.flatMap((phase) => coverageOf(phase, replica)),
    causes,
    findings: phases.flatMap((phase) => findingGroups(phase, replica, options.personalData)),
    clashes: clashGroups(record, replica, options.personalData),
    jobs: jobsSummary(replica),
    tenantLog: replica.tenantLogCounts().map((row) => ({ ...row })),
    passwordChecks: {
      truly: Number(replica.meta('passwordChecks.truly') ?? 0),
      assumed: Number(replica.meta('passwordChecks.assumed') ?? 0),
    },
    ...pipelineOf(record),
    assumptions: assumptionsInForce(record.assumptions),
    personalData: options.personalData ? 'shown' : 'masked',
  };
}

function pipelineOf({ options }: TrialRecord): Pick<Report, 'pipeline'> {
  const mode = options.pipeline ?? 'off';
  if (mode === 'off') return {};
  return { pipeline: { mode, endOfLife: mode === 'actions+rules' ? END_OF_LIFE : null } };
}

function withReplicaCounts(phase: PhaseRecord, replica: Replica): PhaseRecord {
  const { done, ok, failed, skipped } = replica.counts(phase.phase);
  const finished = replica.checkpoint(phase.phase)?.finished ?? false;
  return { ...phase, done, ok, failed, skipped, finished };
}

function coverageOf(phase: Phase, replica: Replica): Report['coverage'] {
  return COHORTS.map((by) => ({
    phase,
    by,
    rows: replica.coverageBy(phase, by, COHORT_VALUES).map((row) => ({ ...row })),
  }));
}

function verdictOf(
  record: TrialRecord,
  replica: Replica,
  counts: readonly PhaseRecord[],
  allow: number,
): Report['verdict'] {
  if (record.status !== 'finished') return 'incomplete';
  // Records of files from elsewhere have no outcome of their own; a job that broke failed as a whole.
  const fromElsewhere = replica.jobs().filter((job) => job.findings !== undefined);
  const refused = fromElsewhere.reduce((sum, job) => sum + (job.summary?.failed ?? Infinity), 0);
  const failed = counts.reduce((sum, phase) => sum + phase.failed, refused);
  return failed > allow ? 'findings' : 'clean';
}

function jobsSummary(replica: Replica): Report['jobs'] {
  const jobs = replica.jobs();
  if (jobs.length === 0) return null;
  const sum = (of: (job: (typeof jobs)[number]) => number): number =>
    jobs.reduce((total, job) => total + of(job), 0);
  return {
    jobs: jobs.length,
    files: new Set(jobs.map((job) => job.file)).size,
    bytes: sum((job) => job.bytes),
    inserted: sum((job) => job.summary?.inserted ?? 0),
    updated: sum((job) => job.summary?.updated ?? 0),
    failed: sum((job) => job.summary?.failed ?? 0),
    folder: [...new Set(jobs.map(({ file }) => file.replace(/\/.*/, '')))].join(', '),
  };
}
