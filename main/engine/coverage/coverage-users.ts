import type { z } from 'zod';
import type { coverageFilterSchema } from '#contract/coverage.ts';
import type { EveryUserEvent, outcomeSchema } from '#contract/trials.ts';
import type { FieldMapping } from '#domain/profile/legacy-user.ts';
import { type ScriptUse, usesText } from '#domain/projections/script-uses.ts';
import type { Trait } from '#domain/projections/traits.ts';
import { type Attribute, attributeNamed, attributesOf } from '#engine/coverage/attributes.ts';
import { assertRecorded } from '#engine/coverage/show-coverage.ts';
import type { Split } from '#engine/coverage/sums.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { Phase, Replica } from '#engine/ports/replica.ts';
import type { CoverageFilter } from '#engine/ports/replica-coverage.ts';
import { EVERY_USER_PAGE, everyUser } from '#engine/trials/every-user.ts';
import type { OutcomeDesk, OutcomeList } from '#engine/trials/outcome-desk.ts';

type Asked = z.infer<typeof coverageFilterSchema>;

export interface CoverageUsersRequest {
  readonly project: string;
  readonly trial: string;
  readonly phase: 'lazy' | 'bulk';
  readonly filter: Asked;
  readonly after: number;
  readonly limit: number;
  readonly at?: number | undefined;
}

export interface CoverageUsersPage {
  users: z.infer<typeof outcomeSchema>[];
  next: number | null;
  total: number;
}

/** One page of the users behind a number of the coverage. */
export async function coverageUsers(
  ports: Ports,
  desk: OutcomeDesk,
  request: CoverageUsersRequest,
): Promise<CoverageUsersPage> {
  const { phase, after, limit, at, project } = request;
  const { settings } = await ports.projects.open(request.project);
  const record = await ports.trialFolders.readRecord(request.project, request.trial);
  const replica = ports.replicas.openReadOnly(ports.trialFolders.replicaPath(request.project, record.id));
  try {
    assertRecorded(record, replica, phase);
    const filter = filterOf(replica, request, settings.fields);
    if (at === undefined) {
      return { ...pageAfter(replica, phase, filter, after, limit), total: totalOf(replica, phase, filter) };
    }
    return await desk.page(project, record.id, listOf(phase, filter), at, (kept, place) =>
      pageAfter(kept, phase, filter, place, limit),
    );
  } finally {
    replica.close();
  }
}

/** All of them, as a file or as keys. */
export async function* everyCoverageUser(
  ports: Ports,
  request: Omit<CoverageUsersRequest, 'after' | 'limit' | 'at'> & { readonly as: 'csv' | 'keys' },
  signal: AbortSignal | undefined,
): AsyncGenerator<EveryUserEvent, void, void> {
  const { phase } = request;
  const { settings } = await ports.projects.open(request.project);
  const record = await ports.trialFolders.readRecord(request.project, request.trial);
  const replica = ports.replicas.openReadOnly(ports.trialFolders.replicaPath(request.project, record.id));
  try {
    assertRecorded(record, replica, phase);
    const filter = filterOf(replica, request, settings.fields);
    const pages = {
      total: totalOf(replica, phase, filter),
      after: (position: number) => replica.outcomesWith(phase, filter, position, EVERY_USER_PAGE),
    };
    yield* everyUser(ports, pages, request.as, signal);
  } finally {
    replica.close();
  }
}

function filterOf(
  replica: Replica,
  { filter, phase }: Pick<CoverageUsersRequest, 'filter' | 'phase'>,
  fields: FieldMapping,
): CoverageFilter {
  return {
    trait: traitOf(filter, attributesOf(replica.attributes(), fields)),
    status: filter.status ?? null,
    ways: waysOf(replica.usesSplit(phase), filter),
  };
}

function pageAfter(
  replica: Replica,
  phase: Phase,
  filter: CoverageFilter,
  after: number,
  limit: number,
): Omit<CoverageUsersPage, 'total'> {
  const users = replica.outcomesWith(phase, filter, after, limit);
  const next = users.length < limit ? null : (users.at(-1)?.position ?? null);
  return { users: structuredClone(users) as CoverageUsersPage['users'], next };
}

function listOf(phase: Phase, filter: CoverageFilter): OutcomeList {
  return {
    phase,
    name: `coverage ${JSON.stringify(filter)}`,
    total: (replica) => totalOf(replica, phase, filter),
    positionAfter(replica, after, rows) {
      const walked = replica.outcomesWith(phase, filter, after, rows);
      return walked.length < rows ? null : (walked.at(-1)?.position ?? null);
    },
  };
}

function traitOf({ by, value }: Asked, attributes: readonly Attribute[]): Trait | null {
  if (by === undefined || value === undefined) return null;
  return { attribute: attributeNamed(by, attributes).name, value };
}

/** The ways through the scripts that have the wanted outcome; null where none is wanted. */
function waysOf(split: Split, { script, scenario, outcome }: Asked): CoverageFilter['ways'] {
  if (script === undefined) return null;
  const fits = (use: ScriptUse) =>
    use.script === script && use.scenario === scenario && use.outcome === outcome;
  return split.map(({ uses }) => uses).filter((uses) => uses.some(fits));
}

/** From the sums: the traits' parts are split by the ways already. */
function totalOf(replica: Replica, phase: Phase, { trait, status, ways }: CoverageFilter): number {
  const split =
    trait === null ? replica.usesSplit(phase) : replica.coverageAt(phase, trait.attribute, trait.value);
  const wanted = ways === null ? null : new Set(ways.map(usesText));
  return split
    .filter(({ uses }) => wanted === null || wanted.has(usesText(uses)))
    .reduce((sum, part) => sum + (status === null ? part.ok + part.failed + part.skipped : part[status]), 0);
}
