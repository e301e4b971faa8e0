import type { ProvenTrial } from '#contract/proof.ts';
import type { Report } from '#contract/report.ts';
import type { TrialRecord } from '#contract/trial-record.ts';
import { Fault } from '#engine/fault.ts';
import { inSteps } from '#engine/in-steps.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { Replica } from '#engine/ports/replica.ts';
import { buildReport } from '#engine/report/build-report.ts';
import type { TrialsDesk } from '#engine/trials/trials-desk.ts';

/** A trial that somebody named as the ground of an export, with what its replica says. */
export interface NamedTrial {
  readonly record: TrialRecord;
  readonly report: Report;
  readonly proven: ProvenTrial;
}

/** Reads every trial once, however often it was named. `allow`: failed users that are accepted. */
export async function readNamedTrials(
  ports: Ports,
  desk: TrialsDesk,
  project: string,
  ids: readonly string[],
  allow: number,
): Promise<readonly NamedTrial[]> {
  const trials: NamedTrial[] = [];
  for (const id of new Set(ids)) {
    const record = await desk.show(project, id);
    const replica = ports.replicas.openReadOnly(ports.trialFolders.replicaPath(project, id));
    try {
      const options = { generatedAtMs: ports.clock.now(), personalData: false, allow };
      const report = buildReport(record, replica, options);
      trials.push({ record, report, proven: await provenTrial(ports, report, replica) });
    } finally {
      replica.close();
    }
  }
  return trials;
}

/** The one trial whose import files are meant. */
export function bulkTrialOf(trials: readonly NamedTrial[]): NamedTrial {
  const bulk = trials.filter(({ record }) => record.options.kind !== 'lazy');
  const [only] = bulk;
  if (only !== undefined && bulk.length === 1) return only;
  const message =
    bulk.length === 0
      ? 'import files come from a bulk or mixed trial, and none was named'
      : `import files come from one trial, and ${bulk.length} were named`;
  throw new Fault('input-invalid', message, {
    doing: 'exporting import files',
    help: 'Name one with --trials; "userferry trials list" shows them.',
  });
}

async function provenTrial(ports: Ports, report: Report, replica: Replica): Promise<ProvenTrial> {
  const { trial } = report;
  const { inputs, options } = trial;
  const { limit, where, only } = options.filter;
  const filtered = limit !== undefined || where !== undefined || only !== undefined;
  const contents = await inSteps(replica.contentDigestSteps(), ports.clock);
  const digests = Object.entries(contents).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    id: trial.id,
    kind: options.kind,
    depth: options.depth,
    createdAt: trial.createdAt,
    verdict: report.verdict,
    legacyRows: inputs.legacyRows,
    allRows: !filtered && trial.phases.every(({ done }) => done >= inputs.legacyRows),
    legacyEngine: inputs.legacyEngine,
    legacyVersion: inputs.legacyVersion,
    counts: report.counts,
    coverage: report.coverage
      .filter(({ by }) => by === 'state')
      .flatMap(({ phase, rows }) => rows.map(({ value, total }) => ({ phase, state: value, users: total }))),
    passwordChecks: report.passwordChecks,
    dataFingerprint: ports.identity.checksum(JSON.stringify([inputs.legacyRows, digests])),
    versions: trial.versions,
  };
}
