import type { Coverage } from '#contract/coverage.ts';
import type { TrialRecord } from '#contract/trial-record.ts';
import { NO_VALUE, OPEN_ATTRIBUTES, OTHER_VALUES } from '#domain/projections/traits.ts';
import { type Attribute, attributeNamed, attributesOf } from '#engine/coverage/attributes.ts';
import { assertCoverageBalanced } from '#engine/coverage/balance.ts';
import { type Counted, countsOf, merged, type Split, usesOf, without } from '#engine/coverage/sums.ts';
import { Fault } from '#engine/fault.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { Phase, Replica } from '#engine/ports/replica.ts';

/** A value of the data that so few users have may say who they are. */
const FEW_USERS = 5;

export interface CoverageRequest {
  readonly project: string;
  readonly trial: string;
  readonly by: string;
  readonly limit: number;
  readonly personalData: boolean;
}

/** Users by one attribute and by what each script did. Read from sums that the trial kept: no user is counted here. */
export async function showCoverage(ports: Ports, request: CoverageRequest): Promise<Coverage> {
  const { settings } = await ports.projects.open(request.project);
  const record = await ports.trialFolders.readRecord(request.project, request.trial);
  const replica = ports.replicas.openReadOnly(ports.trialFolders.replicaPath(request.project, record.id));
  try {
    const attributes = attributesOf(replica.attributes(), settings.fields);
    for (const { phase } of record.phases) assertRecorded(record, replica, phase);
    const attribute = attributes.length === 0 ? null : attributeNamed(request.by, attributes);
    return {
      trial: record.id,
      by: attribute?.name ?? request.by,
      attributes,
      phases: record.phases.map(({ phase }) => phaseCoverage(replica, phase, attribute, request)),
      personalData: request.personalData ? 'shown' : 'masked',
    };
  } finally {
    replica.close();
  }
}

/** Trials of older versions kept less, and so do those that one of them began. Fault: `input-invalid`. */
export function assertRecorded({ id }: TrialRecord, replica: Replica, phase: Phase): void {
  if (countsOf(replica.usesSplit(phase)).total === replica.counts(phase).done) return;
  throw new Fault('input-invalid', `trial ${id} was recorded before coverage was kept`, {
    help: 'Start the trial again with this version; its report is still there.',
  });
}

function phaseCoverage(
  replica: Replica,
  phase: Phase,
  attribute: Attribute | null,
  request: CoverageRequest,
): Coverage['phases'][number] {
  const whole = replica.usesSplit(phase);
  const coverage = {
    phase,
    ...countsOf(whole),
    scripts: usesOf(whole),
    rows: attribute === null ? [] : rowsOf(replica, phase, attribute, whole, request),
  };
  assertCoverageBalanced(coverage, replica.counts(phase));
  return coverage;
}

type Row = Coverage['phases'][number]['rows'][number];

function rowsOf(
  replica: Replica,
  phase: Phase,
  { name }: Attribute,
  whole: Split,
  { limit, personalData }: CoverageRequest,
): Row[] {
  const open = OPEN_ATTRIBUTES.test(name);
  const recorded = replica.coverageOf(phase, name, limit);
  const few = (counts: Counted) => open && !personalData && counts.total < FEW_USERS;
  const named: Row[] = [];
  const rare: Split[] = [];
  for (const { value, split } of recorded) {
    const counts = countsOf(split);
    if (few(counts)) rare.push(split);
    else named.push(rowOf(value, value === OTHER_VALUES, split, counts));
  }
  const all = replica.coverageSum(phase, name);
  const unlisted = without(
    all,
    recorded.map(({ split }) => split),
  );
  const missing = without(whole, [all]);
  // Only members of metadata can be missing: every other attribute has a value for everybody.
  if (missing.length > 0 && !name.includes('.')) {
    throw new Error(`coverage does not balance: users without a value of ${name}`);
  }
  const rest: (readonly [string, Split])[] = [
    [`(values of fewer than ${FEW_USERS} users)`, merged(rare)],
    ['(further values)', unlisted],
    [NO_VALUE, missing],
  ];
  if (name === 'createdAt') named.sort((a, b) => (a.value < b.value ? -1 : 1));
  return [
    ...named,
    ...rest.flatMap(([value, split]) =>
      split.length === 0 ? [] : [rowOf(value, true, split, countsOf(split))],
    ),
  ];
}

function rowOf(value: string, collective: boolean, split: Split, counts: Counted): Row {
  return { value, collective, ...counts, scripts: usesOf(split) };
}
