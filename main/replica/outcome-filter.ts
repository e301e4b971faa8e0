import type { OutcomeFilter, Phase, PhaseCounts } from '#engine/ports/replica.ts';
import type { Indexes } from './deferred-indexes.ts';
import type { Labels } from './labels.ts';
import { statusNumber } from './phases.ts';
import { DIMENSION_OF, type Dimension, type TallyReader } from './tallies.ts';

/** One condition of a filter: how many outcomes meet it, and the index that lists them in position order. */
interface Condition {
  readonly rows: number;
  readonly index: string | null;
  readonly sql: string;
  readonly values: readonly number[];
}

/** SQL after `SELECT …` for one phase; null where no outcome can fit. */
export interface FilterPlan {
  readonly sql: string;
  readonly values: readonly number[];
}

/** Above this share of all outcomes, reading along the table beats jumping into it from an index. */
const WORTH_AN_INDEX = 0.25;

/**
 * Chooses the narrowest index by the sums that are kept anyway. SQLite's planner would guess from samples, and a
 * wrong guess at a million rows is the difference between a page in a millisecond and one in a second.
 */
export function planFilter(
  filter: OutcomeFilter,
  phase: Phase,
  labels: Labels,
  tallies: TallyReader,
  counts: PhaseCounts,
  indexes: Indexes,
): FilterPlan | null {
  const conditions = [
    ...labelConditions(filter, phase, labels, tallies),
    ...statusConditions(filter, counts),
  ];
  if (counts.done === 0 || conditions.some((condition) => condition.rows === 0)) return null;
  const narrowest = conditions
    .filter(({ index, rows }) => index !== null && rows < counts.done * WORTH_AN_INDEX && indexes.has(index))
    .sort((a, b) => a.rows - b.rows)[0];
  const where = conditions.filter(
    (condition) => condition !== narrowest || condition.index !== 'finding_users',
  );
  return {
    sql: `${fromClause(narrowest)} ${where.map((condition) => `AND ${condition.sql}`).join(' ')}
      ORDER BY ${narrowest?.index === 'finding_users' ? 'f' : 'o'}.position`,
    values: [
      ...(narrowest?.index === 'finding_users' ? narrowest.values : []),
      ...where.flatMap((condition) => condition.values),
    ],
  };
}

function fromClause(narrowest: Condition | undefined): string {
  if (narrowest?.index === 'finding_users') {
    return `FROM finding_users f CROSS JOIN outcomes o ON o.phase = f.phase AND o.position = f.position
      WHERE f.phase = :phase AND f.position > :after AND f.code = ?`;
  }
  const hint = narrowest?.index === undefined ? 'NOT INDEXED' : `INDEXED BY ${narrowest.index}`;
  return `FROM outcomes o ${hint} WHERE o.phase = :phase AND o.position > :after`;
}

function labelConditions(
  filter: OutcomeFilter,
  phase: Phase,
  labels: Labels,
  tallies: TallyReader,
): readonly Condition[] {
  const asked: [Dimension, string | undefined][] = [
    ['cause', filter.cause],
    ['state', filter.state],
    ['finding', filter.findingCode],
  ];
  if (filter.cohort !== undefined) asked.push([DIMENSION_OF[filter.cohort.by], filter.cohort.value]);
  return asked.flatMap(([dimension, text]) => {
    if (text === undefined) return [];
    const label = labels.find(text);
    const rows = label === null ? 0 : tallies.total(phase, dimension, label);
    const values = label === null ? [] : [label];
    if (dimension === 'finding') {
      const sql =
        'EXISTS (SELECT 1 FROM finding_users u WHERE u.phase = o.phase AND u.code = ? AND u.position = o.position)';
      return [{ rows, index: 'finding_users', sql, values }];
    }
    return [{ rows, index: `outcomes_by_${dimension}`, sql: `o.${dimension} = ?`, values }];
  });
}

function statusConditions({ status }: OutcomeFilter, counts: PhaseCounts): readonly Condition[] {
  if (status === undefined) return [];
  const own = `o.status = ${statusNumber(status)}`;
  if (status === 'ok') return [{ rows: counts.ok, index: null, sql: own, values: [] }];
  // The index lists failed and skipped together, so its length is what a walk over it costs.
  const rejected = counts.failed + counts.skipped;
  const rows = counts[status] === 0 ? 0 : rejected;
  return [{ rows, index: 'outcomes_rejected', sql: `o.cause IS NOT NULL AND ${own}`, values: [] }];
}
