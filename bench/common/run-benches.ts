import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { type BenchRow, ROWS_FILE } from './rows.ts';

export interface RanBench {
  readonly name: string;
  /** Processes that wanted to run, over the last minute. */
  readonly loadBefore: number;
  readonly loadAfter: number;
  readonly seconds: number;
  readonly endedWell: boolean;
}

export interface RunOfBenches {
  readonly benches: readonly RanBench[];
  readonly rows: readonly BenchRow[];
}

const round = (value: number): number => Math.round(value * 100) / 100;

/**
 * Runs benches one after the other, each in a process of its own, and collects their rows. `sofar` is told after each of
 * them, so that a run of hours that is broken off leaves what it has.
 */
export async function runBenches(
  names: readonly string[],
  args: readonly string[],
  sofar: (run: RunOfBenches) => void,
): Promise<RunOfBenches> {
  const folder = mkdtempSync(join(tmpdir(), 'userferry-bench-'));
  const benches: RanBench[] = [];
  const rows: BenchRow[] = [];
  try {
    for (const name of names) {
      console.log(`\n── ${name}, load ${loadavg()[0]!.toFixed(1)}`);
      const file = join(folder, `${name}.rows`);
      writeFileSync(file, '');
      const [loadBefore, start] = [loadavg()[0]!, performance.now()];
      const endedWell = await runOne(name, args, file);
      const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
      rows.push(...lines.map((line) => JSON.parse(line) as BenchRow));
      if (!endedWell)
        rows.push({ bench: name, work: 'the rest of it', leftOut: 'it ended with an error, see above' });
      const seconds = (performance.now() - start) / 1000;
      const loads = { loadBefore: round(loadBefore), loadAfter: round(loadavg()[0]!) };
      benches.push({ name, ...loads, seconds: round(seconds), endedWell });
      sofar({ benches, rows });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { benches, rows };
}

function runOne(name: string, args: readonly string[], rowsFile: string): Promise<boolean> {
  const file = join(import.meta.dirname, '..', `${name}.ts`);
  const flags = ['--no-node-snapshot', '--disable-warning=ExperimentalWarning'];
  const child = spawn(process.execPath, [...flags, file, ...args], {
    stdio: 'inherit',
    env: { ...process.env, [ROWS_FILE]: rowsFile },
  });
  return new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('close', (code) => resolve(code === 0));
  });
}
