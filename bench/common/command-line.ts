import { parseArgs } from 'node:util';
import { BENCH_HELP, BENCH_OPTIONS, readBenchOptions, WrongOptions } from './options.ts';

export interface BenchCommand {
  readonly help: boolean;
  readonly names: readonly string[];
  /** Options for every bench, as they were given. */
  readonly passedOn: readonly string[];
  /** File to write the run to. */
  readonly json: string | null;
  /** File of an earlier run to put beside this one. */
  readonly compare: string | null;
  /** File of an earlier run to show in place of running anything. */
  readonly read: string | null;
}

/** Benches that run only where they are named: they need much time, or what not every machine has. */
export const ONLY_IF_NAMED = ['grid', 'report-screen', 'peers'] as const;

export const BENCHES = [
  'bulk-sources',
  'all-users',
  'lazy-trial',
  'memory',
  'true-hashes',
  'sandbox',
  'pipeline',
  'audit',
  'report',
  'legacy-pages',
  'replica',
  'store',
  'cli-start',
] as const;

export const HELP = `npm run bench -- [bench …] [options]

benches: ${BENCHES.join(', ')};
only if named: ${ONLY_IF_NAMED.join(', ')}

options:
${BENCH_HELP}
  --peers            tools of others as well (the bench "peers"), with ours on the same work
  --json FILE        writes the rows with date, versions and load
  --compare FILE     puts the rows of an earlier run (--json) beside these
  --read FILE        shows an earlier run in place of running anything
  --help             this text`;

const OWN = {
  peers: { type: 'boolean' },
  json: { type: 'string' },
  compare: { type: 'string' },
  read: { type: 'string' },
  help: { type: 'boolean' },
} as const;

/** @throws WrongOptions */
export function readCommand(args: readonly string[]): BenchCommand {
  const { values, positionals } = parsed(args);
  readBenchOptions(values);
  const known: readonly string[] = [...BENCHES, ...ONLY_IF_NAMED];
  const unknown = positionals.filter((name) => !known.includes(name));
  if (values.read !== undefined && values.json !== undefined) {
    throw new WrongOptions('--read runs nothing that --json could store');
  }
  if (unknown.length > 0) throw new WrongOptions(`there is no bench "${unknown.join('", "')}"`);
  const named = positionals.length > 0 || values.peers === true ? positionals : BENCHES;
  const names = new Set([...named, ...(values.peers === true ? ['peers'] : [])]);
  return {
    help: values.help === true,
    names: [...names],
    passedOn: Object.keys(BENCH_OPTIONS).flatMap((name) => {
      const value = values[name as keyof typeof BENCH_OPTIONS];
      if (value === undefined) return [];
      return value === true ? [`--${name}`] : [`--${name}`, String(value)];
    }),
    json: values.json ?? null,
    compare: values.compare ?? null,
    read: values.read ?? null,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: { ...BENCH_OPTIONS, ...OWN }, allowPositionals: true });
  } catch (error) {
    throw new WrongOptions((error as Error).message);
  }
}
