import process from 'node:process';
import { parseArgs } from 'node:util';

/** What every bench can be told; each takes what means something to it. */
export interface BenchOptions {
  /** Null: each bench's own number. */
  readonly users: number | null;
  /** Numbers of users for benches that go through several. */
  readonly sizes: readonly number[] | null;
  /** Seconds for each figure that is a rate over time. */
  readonly seconds: number | null;
  /** Small numbers everywhere: shows that everything runs, and no figure of it means anything. */
  readonly quick: boolean;
  /** Legacy stores of `bulk-sources`. */
  readonly sources: readonly string[] | null;
}

/** What was asked for cannot be done as it stands: the sentence says why. */
export class WrongOptions extends Error {}

export const BENCH_OPTIONS = {
  users: { type: 'string' },
  sizes: { type: 'string' },
  seconds: { type: 'string' },
  quick: { type: 'boolean' },
  sources: { type: 'string' },
} as const;

export const BENCH_HELP = `  --users N          legacy users of each bench (as a rule 1,000,000)
  --sizes N,N        numbers of users for memory, report and legacy-pages
  --seconds N        seconds for each figure that is a rate over time
  --quick            a small version of everything, to see that it runs
  --sources LIST     legacy stores of bulk-sources: sqlite, csv, postgresql, mysql`;

export const QUICK_USERS = 5_000;
const QUICK_SECONDS = 0.5;
const SOURCES = ['sqlite', 'csv', 'postgresql', 'mysql'];
const FEWEST_USERS = 1_000;

interface Given {
  readonly users?: string | undefined;
  readonly sizes?: string | undefined;
  readonly seconds?: string | undefined;
  readonly quick?: boolean | undefined;
  readonly sources?: string | undefined;
}

/** @throws WrongOptions */
export function readBenchOptions(given: Given): BenchOptions {
  const sources = given.sources?.split(',') ?? null;
  const unknown = sources?.find((source) => !SOURCES.includes(source));
  if (unknown !== undefined)
    throw new WrongOptions(`there is no source "${unknown}"; choose among ${SOURCES.join(', ')}`);
  return {
    users: given.users === undefined ? null : usersFrom(given.users),
    sizes: given.sizes?.split(',').map(usersFrom) ?? null,
    seconds: given.seconds === undefined ? null : secondsFrom(given.seconds),
    quick: given.quick === true,
    sources,
  };
}

function usersFrom(text: string): number {
  const users = Number(text.replaceAll('_', ''));
  if (Number.isSafeInteger(users) && users >= FEWEST_USERS) return users;
  throw new WrongOptions(`"${text}" is no number of users; at least ${FEWEST_USERS} are needed`);
}

function secondsFrom(text: string): number {
  const seconds = Number(text);
  if (seconds > 0 && seconds <= 600) return seconds;
  throw new WrongOptions(`"${text}" is no number of seconds up to 600`);
}

/** Options of a bench that was started by itself or by `bench.ts`. Ends the process where they cannot be read. */
export function benchOptions(): BenchOptions {
  try {
    return readBenchOptions(parseArgs({ options: BENCH_OPTIONS, args: process.argv.slice(2) }).values);
  } catch (error) {
    if (!(error instanceof WrongOptions) && !(error instanceof TypeError)) throw error;
    console.error(`${error.message}\n\noptions:\n${BENCH_HELP}`);
    return process.exit(2);
  }
}

export const usersOf = ({ users, quick }: BenchOptions, usual: number): number =>
  users ?? (quick ? Math.min(usual, QUICK_USERS) : usual);

/** The sizes that were asked for, or the usual one. */
export const sizesOf = (options: BenchOptions, usual: number): readonly number[] =>
  options.sizes ?? [usersOf(options, usual)];

export const secondsOf = ({ seconds, quick }: BenchOptions, usual: number): number =>
  seconds ?? (quick ? QUICK_SECONDS : usual);
