import { spawnSync } from 'node:child_process';
import { loadavg } from 'node:os';
import { join } from 'node:path';

/*
 * How long the command line takes to answer, against a Node that does nothing.
 * Run: node bench/cli-start.ts [runs of each]
 */
const runs = Number(process.argv[2] ?? 9);
const launcher = join(import.meta.dirname, '..', 'bin', 'userferry.mjs');

const CASES: Record<string, readonly string[]> = {
  'baseline: node -e 0': ['-e', '0'],
  'userferry --version': [launcher, '--version'],
  'userferry --help': [launcher, '--help'],
  'userferry explain (engine ready)': [launcher, 'explain', 'script.threw'],
};

function once(args: readonly string[]): number {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, ['--no-node-snapshot', ...args], { stdio: 'ignore' });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}`);
  return performance.now() - start;
}

// In turns, so that all of them meet the same load.
const taken = new Map(Object.keys(CASES).map((name) => [name, [] as number[]]));
for (let run = 0; run < runs; run++) {
  for (const [name, args] of Object.entries(CASES)) taken.get(name)!.push(once(args));
}
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;
const base = median([...taken.values()][0]!);
console.log(`median of ${runs}; load of the machine ${loadavg()[0]!.toFixed(1)}`);
console.table(
  Object.fromEntries(
    [...taken].map(([name, values]) => [
      name,
      { ms: median(values).toFixed(0), 'times the baseline': (median(values) / base).toFixed(1) },
    ]),
  ),
);
