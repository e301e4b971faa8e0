import type { Coverage } from '#contract/coverage.ts';
import type { z } from 'zod';
import type { outcomeSchema } from '#contract/trials.ts';
import { csvCell } from '#reporters/escape.ts';
import { OUTCOMES_HEAD, outcomeRows } from '#reporters/outcome-list.ts';

type Cell = string | number | null;
type Outcome = z.infer<typeof outcomeSchema>;

/**
 * Coverage as a sheet with one number a row, for pivot tables. `measure` is `result` for ok, failed and skipped, or
 * the script; the rows of one value, measure and scenario add up to the users of that value.
 */
export function coverageCsv(coverage: Coverage): string {
  const rows = coverage.phases.flatMap((phase) =>
    phase.rows.flatMap((row): readonly (readonly Cell[])[] => {
      const head = [phase.phase, coverage.by, row.value] as const;
      return [
        ...(['ok', 'failed', 'skipped'] as const).map((name) => [...head, 'result', '', name, row[name]]),
        ...row.scripts.flatMap(({ script, scenario, outcomes }) =>
          outcomes.map(({ outcome, users }) => [...head, script, scenario, outcome, users]),
        ),
      ];
    }),
  );
  return csv([['phase', 'attribute', 'value', 'measure', 'scenario', 'outcome', 'users'], ...rows]);
}

/** Users by key and id, with what became of them. */
export function usersCsv(users: readonly Outcome[]): string {
  return OUTCOMES_HEAD + outcomeRows(users);
}

function csv(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}
