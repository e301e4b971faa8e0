import type { PlanResult, UsedTrial } from '#contract/plan.ts';
import type { Assumptions } from '#domain/assumptions.ts';
import { diagnostic } from '#domain/diagnostics/catalog.ts';
import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import { importSchedule, type ImportSchedule } from '#domain/plan/import-schedule.ts';
import type { Source } from '#domain/plan/source.ts';
import { TIER_NAMES, type TierName, TIERS } from '#domain/plan/tiers.ts';
import { documented, figure } from '#engine/plan/figures.ts';
import type { MeasuredFiles, PeopleRead } from '#engine/plan/read-people.ts';
import { withReplica } from '#engine/plan/trial-evidence.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { Project } from '#engine/ports/project-store.ts';
import type { Replica } from '#engine/ports/replica.ts';

const RESULTS_KEPT_SECONDS = 24 * 60 * 60;

export interface ImportPart {
  readonly part: PlanResult['import'];
  /** Of the chosen tier. */
  readonly seconds: number | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Whether the files of a trial are those that would be uploaded today. */
export function isTrusted(bulk: UsedTrial | null): bulk is UsedTrial {
  return bulk !== null && !bulk.outdated && !bulk.partly;
}

/** Files as the trial recorded them, where it is about today's users; else as they were measured. */
export function importPart(
  ports: Ports,
  project: Project,
  read: PeopleRead,
  bulk: UsedTrial | null,
  assumptions: Assumptions,
  chosen: TierName,
): ImportPart {
  const trusted = isTrusted(bulk);
  const source: Source = trusted
    ? { kind: 'trial', trial: bulk.trial }
    : { kind: 'measured', what: 'legacy rows', count: read.rows };
  const files = trusted ? withReplica(ports, project, bulk, recordedFiles) : read.files;
  const records = files.records.reduce((sum, count) => sum + count, 0);
  const measured: Source = { kind: 'measured', what: 'legacy rows', count: read.rows };
  const schedules = TIER_NAMES.map(
    (tier) => [tier, importSchedule(files.records, tier, assumptions)] as const,
  );
  const own = schedules.find(([tier]) => tier === chosen)![1];
  return {
    part: {
      records: figure(records, source),
      keptOut: figure(read.users - records, source),
      files: figure(files.records.length, source, documented('import files of at most 500 KB')),
      bytes: figure(files.bytes, source),
      largestFile: figure(files.largest, source),
      refused: bulk === null ? null : figure(read.refused, { kind: 'trial', trial: bulk.trial }),
      withoutPassword: figure(read.withoutPassword, measured),
      tiers: schedules.map(([tier, schedule]) => tierRow(tier, schedule, source, tier === chosen)),
    },
    seconds: own.seconds,
    diagnostics: importDiagnostics(own, chosen),
  };
}

function recordedFiles(replica: Replica): MeasuredFiles {
  // Files that somebody sent into the trial afterwards have times; those of its own phase have not.
  const jobs = replica.jobs().filter(({ createdAtMs }) => createdAtMs === undefined);
  return {
    records: jobs.map((job) => job.summary?.total ?? 0),
    bytes: jobs.reduce((sum, job) => sum + job.bytes, 0),
    largest: jobs.reduce((most, job) => Math.max(most, job.bytes), 0),
  };
}

function tierRow(
  tier: TierName,
  schedule: ImportSchedule,
  records: Source,
  chosen: boolean,
): PlanResult['import']['tiers'][number] {
  const { title, importRate, scriptsAtOnce } = TIERS[tier];
  const { seconds, usersPerSecond, longestJob, stoppedJobs, requests, requestSeconds } = schedule;
  const rate: Source = { kind: 'assumption', name: `import-rate=${importRate ?? ''}` };
  const jobs = documented('two import jobs at once');
  const limits = documented('Management API rate limits');
  return {
    tier,
    title,
    chosen,
    usersPerSecond: usersPerSecond === null ? null : figure(usersPerSecond, rate, jobs),
    seconds: seconds === null ? null : figure(seconds, records, rate, jobs, limits),
    longestJobSeconds: longestJob === null ? null : figure(longestJob, records, rate, jobs),
    stoppedJobs,
    requests: figure(requests, records, { kind: 'assumption', name: 'three-requests-a-file' }),
    requestSeconds: requestSeconds === null ? null : figure(requestSeconds, records, limits),
    scriptsAtOnce: figure(scriptsAtOnce, documented('rate limit policy')),
  };
}

function importDiagnostics({ seconds, stoppedJobs }: ImportSchedule, chosen: TierName): Diagnostic[] {
  const { title } = TIERS[chosen];
  if (seconds === null) {
    return [diagnostic('plan.rate-unknown', `No import rate is known for ${title}.`)];
  }
  const found: Diagnostic[] = [];
  if (seconds > RESULTS_KEPT_SECONDS) {
    const hours = Math.round(seconds / 3600);
    found.push(diagnostic('plan.job-results-expire', `The import takes about ${hours} hours.`));
  }
  if (stoppedJobs > 0) {
    const message = `${stoppedJobs} jobs would run longer than two hours on ${title}.`;
    found.push(diagnostic('plan.jobs-over-two-hours', message));
  }
  return found;
}
