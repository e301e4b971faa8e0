import { appendFileSync } from 'node:fs';
import { basename } from 'node:path';
import process from 'node:process';
import { tableOf } from './table.ts';

/** What a figure has to reach; several conditions must all hold. */
export interface Goal {
  /** At least so many times the baseline, by the ratio of the table. */
  readonly ratio?: number;
  readonly least?: number;
  readonly most?: number;
  /** With fewer users than this the figure says nothing about the goal. */
  readonly users?: number;
}

export interface Baseline {
  readonly name: string;
  readonly figure: number;
}

/** One figure of ours, beside one that was measured in the same run. */
export interface Figure {
  readonly bench: string;
  readonly work: string;
  readonly ours: number;
  readonly unit: string;
  /** Whether more of the unit is better (rates) or less (times, memory). */
  readonly better: 'more' | 'less';
  readonly baseline: Baseline | null;
  readonly goal: Goal | null;
  /** Users that the figure is of; null where it does not depend on them. */
  readonly users: number | null;
}

/** Work that could not be done here. */
export interface LeftOut {
  readonly bench: string;
  readonly work: string;
  readonly leftOut: string;
}

export type BenchRow = Figure | LeftOut;

/** Names the file into which a bench writes its rows, one line of JSON each, for whoever collects them. */
export const ROWS_FILE = 'USERFERRY_BENCH_ROWS';

const bench = basename(process.argv[1] ?? '', '.ts');
const alone: BenchRow[] = [];

/** Adds a row to the table: that of the whole run, or one at the end of a bench that was started by itself. */
export function figure(
  work: string,
  ours: number,
  unit: string,
  about: Partial<Pick<Figure, 'better' | 'baseline' | 'goal' | 'users'>> = {},
): void {
  add({ bench, work, ours, unit, better: 'more', baseline: null, goal: null, users: null, ...about });
}

export function leftOut(work: string, reason: string): void {
  add({ bench, work, leftOut: reason });
}

function add(row: BenchRow): void {
  const file = process.env[ROWS_FILE];
  if (file !== undefined) {
    appendFileSync(file, `${JSON.stringify(row)}\n`);
    return;
  }
  if (alone.length === 0) process.once('exit', () => process.stdout.write(`\n${tableOf(alone)}\n`));
  alone.push(row);
}
