import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import process from 'node:process';
import { WrongOptions } from './options.ts';
import type { BenchRow } from './rows.ts';
import type { RanBench, RunOfBenches } from './run-benches.ts';

const VERSION = 1;

export interface StoredRun {
  readonly version: typeof VERSION;
  /** ISO time at which the run began. */
  readonly date: string;
  readonly node: string;
  readonly processors: number;
  /** What was asked for on the command line: names, numbers of users and seconds. */
  readonly asked: readonly string[];
  readonly benches: readonly RanBench[];
  readonly rows: readonly BenchRow[];
}

export function storedRun(
  { benches, rows }: RunOfBenches,
  asked: readonly string[],
  startedAt: Date,
): StoredRun {
  return {
    version: VERSION,
    date: startedAt.toISOString(),
    node: process.version,
    processors: availableParallelism(),
    asked,
    benches,
    rows,
  };
}

export function writeRun(file: string, run: StoredRun): void {
  writeFileSync(file, `${JSON.stringify(run, null, 2)}\n`);
}

/** @throws WrongOptions where it is no file of this program */
export function readRun(file: string): StoredRun {
  let read: Partial<StoredRun>;
  try {
    read = JSON.parse(readFileSync(file, 'utf8')) as Partial<StoredRun>;
  } catch (error) {
    throw new WrongOptions(`${file} cannot be read: ${(error as Error).message}`);
  }
  if (read.version === VERSION && Array.isArray(read.rows) && Array.isArray(read.benches))
    return read as StoredRun;
  throw new WrongOptions(`${file} is no result of this program`);
}

/** One line about a run, to stand over its table. */
export function headOf({ date, node, processors, benches, asked }: StoredRun): string {
  const loads = benches.flatMap(({ loadBefore, loadAfter }) => [loadBefore, loadAfter]);
  const load = loads.length === 0 ? '' : `, load ${Math.min(...loads)} to ${Math.max(...loads)}`;
  return `${date}, Node ${node}, ${processors} processors${load}${asked.length === 0 ? '' : `; asked: ${asked.join(' ')}`}`;
}
