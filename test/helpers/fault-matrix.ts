import { appendFileSync } from 'node:fs';
import { numbersFrom } from '#test/fuzz.ts';

/** How a disturbed run ended. Anything else fails its test. */
export type Ending =
  /** Went on by itself, or was resumed, and is like a run that was left alone, table by table. */
  | 'equal'
  /** Stopped or refused with a clear fault; what was there before is whole and can go on. */
  | 'fault';

export interface FaultRow {
  /** What was done to it. */
  readonly fault: string;
  /** What was running meanwhile. */
  readonly during: string;
  readonly ending: Ending;
  readonly times: number;
}

/** Counts one row of the matrix, for whoever runs the whole suite; a run of one file alone writes nothing. */
export function noteFault(fault: string, during: string, ending: Ending, times = 1): void {
  const path = process.env['USERFERRY_FAULT_MATRIX'];
  if (path === undefined || times === 0) return;
  const row: FaultRow = { fault, during, ending, times };
  appendFileSync(path, `${JSON.stringify(row)}\n`);
}

/** The long form of the suite takes many more points of each kind. */
export const LONG = process.env['USERFERRY_FAULTS'] === 'long';

/** As many as fit into CI, or the long form's number. */
export function points(short: number, long: number): number {
  return LONG ? long : short;
}

/** The points at which something happens: the same in every run with the same `USERFERRY_SEED`. */
export function seededPoints(stream: number): (below: number) => number {
  return numbersFrom(Number(process.env['USERFERRY_SEED'] ?? 7) * 1_009 + stream);
}
