import type { z } from 'zod';
import type { trials } from '#contract/trials.ts';
import { csvCell } from '#reporters/escape.ts';

type Comparison = z.infer<NonNullable<(typeof trials.compare)['~orpc']['outputSchema']>>;
type Changed = z.infer<NonNullable<(typeof trials.changed)['~orpc']['outputSchema']>>['users'];
type Cell = string | number | null;

const cause = (value: string | null) => value ?? 'ok';

/** Every change from one cause to another with its users. */
export function comparisonCsv({ groups }: Comparison): string {
  return csv([
    ['from', 'to', 'users', 'sample keys'],
    ...groups.map(({ from, to, users, samples }): readonly Cell[] => [
      cause(from),
      cause(to),
      users,
      samples.map(({ key }) => key.join('/')).join(' '),
    ]),
  ]);
}

/** Users of a change by key and id. */
export function changedUsersCsv(users: Changed): string {
  return csv([
    ['position', 'key', 'legacy id', 'from', 'to'],
    ...users.map(({ position, key, legacyId, from, to }): readonly Cell[] => {
      const onlyInOne = from === null && to === null;
      return [position, key.join('/'), legacyId, ...(onlyInOne ? [null, null] : [cause(from), cause(to)])];
    }),
  ]);
}

function csv(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}
