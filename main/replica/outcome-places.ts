import type { Database, Statement } from 'better-sqlite3';
import type { OutcomeFilter, Phase } from '#engine/ports/replica.ts';
import type { CheckpointReader } from './checkpoints.ts';
import { openIndexes } from './deferred-indexes.ts';
import type { Labels } from './labels.ts';
import { type FilterPlan, planFilter } from './outcome-filter.ts';
import { phaseNumber } from './phases.ts';
import { DIMENSION_OF, type Dimension, type TallyReader } from './tallies.ts';

type OfPhase = OutcomeFilter & { readonly phase: Phase };

/** Where outcomes are within a filter, by their number. */
export interface OutcomePlaces {
  readonly count: (filter: OfPhase) => number;
  readonly positionAfter: (filter: OfPhase, after: number, rows: number) => number | null;
}

export function openOutcomePlaces(
  db: Database,
  labels: Labels,
  tallies: TallyReader,
  checkpoints: CheckpointReader,
): OutcomePlaces {
  const statements = new Map<string, Statement<unknown[], number>>();
  const indexes = openIndexes(db);
  const first = (
    sql: string,
    plan: FilterPlan,
    values: Readonly<Record<string, number>>,
  ): number | undefined => {
    const statement = statements.get(sql) ?? db.prepare<unknown[], number>(sql).pluck();
    statements.set(sql, statement);
    return statement.get(...plan.values, values);
  };
  const planOf = (filter: OfPhase) =>
    planFilter(filter, filter.phase, labels, tallies, checkpoints.counts(filter.phase), indexes);
  return {
    count(filter) {
      const { phase } = filter;
      const counts = checkpoints.counts(phase);
      const known = countFromSums(filter, counts, labels, tallies);
      if (known !== null) return known;
      const plan = planOf(filter);
      if (plan === null) return 0;
      const values = { phase: phaseNumber(phase), after: -1 };
      return first(`SELECT count(*) FROM (SELECT o.position ${plan.sql})`, plan, values) ?? 0;
    },
    positionAfter(filter, after, rows) {
      const plan = planOf(filter);
      if (plan === null) return null;
      const values = { phase: phaseNumber(filter.phase), after, skip: rows - 1 };
      return first(`SELECT o.position ${plan.sql} LIMIT 1 OFFSET :skip`, plan, values) ?? null;
    },
  };
}

/** Of the status alone, or of one value alone, the sums are kept; null: it has to be counted. */
function countFromSums(
  filter: OfPhase,
  counts: { readonly done: number; readonly ok: number; readonly failed: number; readonly skipped: number },
  labels: Labels,
  tallies: TallyReader,
): number | null {
  const { phase, status, cause, findingCode, cohort, state } = filter;
  const given: [Dimension, string][] = [];
  if (cause !== undefined) given.push(['cause', cause]);
  if (findingCode !== undefined) given.push(['finding', findingCode]);
  if (state !== undefined) given.push(['state', state]);
  if (cohort !== undefined) given.push([DIMENSION_OF[cohort.by], cohort.value]);
  const [only] = given;
  if (only === undefined) return status === undefined ? counts.done : counts[status];
  if (given.length > 1 || status !== undefined) return null;
  const label = labels.find(only[1]);
  return label === null ? 0 : tallies.total(phase, only[0], label);
}
