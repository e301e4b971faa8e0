import { markdownTable } from './markdown.ts';
import { goalText, numberText, ratioOf, reachedOf } from './ratio.ts';
import type { BenchRow, Figure } from './rows.ts';

const HEAD = ['bench', 'work', 'users', 'ours', 'baseline of the same run', 'ratio', 'goal', 'reached'];
const CHANGES = ['bench', 'work', 'users', 'before', 'now', 'change', 'ratio before', 'ratio now', 'reached'];
const RIGHT = ['users', 'ours', 'ratio', 'before', 'now', 'change', 'ratio before', 'ratio now'];

/** All rows as one Markdown table. The ratio is above 1 where ours is better, for times and memory as well. */
export function tableOf(rows: readonly BenchRow[]): string {
  return markdownTable(HEAD, rows.map(cellsOf), RIGHT);
}

function cellsOf(row: BenchRow): readonly string[] {
  if ('leftOut' in row) return [row.bench, row.work, '', '–', `left out: ${row.leftOut}`, '', '', ''];
  return [
    row.bench,
    row.work,
    usersText(row),
    withUnit(row.ours, row),
    row.baseline === null ? '–' : `${row.baseline.name}: ${withUnit(row.baseline.figure, row)}`,
    ratioText(row),
    goalText(row.goal, row.unit),
    reachedOf(row),
  ];
}

/** The figures of two runs side by side. Ratios are of one run each, so they can be compared whatever the load. */
export function beforeAndNow(before: readonly BenchRow[], now: readonly BenchRow[]): string {
  const [earlier, later] = [figuresByWork(before), figuresByWork(now)];
  const works = new Set([...earlier.keys(), ...later.keys()]);
  const lines = [...works].map((work) => changeCells(earlier.get(work), later.get(work)));
  return markdownTable(CHANGES, lines, RIGHT);
}

/** The same work is the same only for the same number of users. */
function figuresByWork(rows: readonly BenchRow[]): ReadonlyMap<string, Figure> {
  const figures = rows.flatMap((row) => ('leftOut' in row ? [] : [row]));
  return new Map(
    figures.map((row) => [
      JSON.stringify([row.bench, row.work, row.users, row.unit, row.baseline?.name]),
      row,
    ]),
  );
}

function changeCells(old: Figure | undefined, latest: Figure | undefined): readonly string[] {
  const either = (latest ?? old)!;
  return [
    either.bench,
    either.work,
    usersText(either),
    old === undefined ? '–' : withUnit(old.ours, old),
    latest === undefined ? '–' : withUnit(latest.ours, latest),
    old === undefined || latest === undefined ? '' : `× ${(latest.ours / old.ours).toFixed(2)}`,
    old === undefined ? '' : ratioText(old),
    latest === undefined ? '' : ratioText(latest),
    latest === undefined ? '' : reachedOf(latest),
  ];
}

const withUnit = (value: number, { unit }: Figure): string => `${numberText(value)} ${unit}`;

const usersText = ({ users }: Figure): string => (users === null ? '' : users.toLocaleString('en'));

function ratioText(row: Figure): string {
  const ratio = ratioOf(row);
  return ratio === null ? '' : ratio.toFixed(2);
}
