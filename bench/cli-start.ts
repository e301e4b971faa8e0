import { spawnSync } from 'node:child_process';
import { startEngineProcess } from '#hosts/engine/start-engine-process.ts';
import { benchOptions } from './common/options.ts';
import { packedProgram, type Program, sourceProgram } from './common/packed-program.ts';
import { figure, type Goal } from './common/rows.ts';
import { median } from './common/statistics.ts';
import { msOf } from './common/timing.ts';

/*
 * How long the command line takes to answer and the engine to be ready for calls, from source and as it is packed,
 * against a Node that does nothing. All of them take turns, so that they meet the same load.
 * Run: node --no-node-snapshot bench/cli-start.ts [--quick]
 */
const runs = benchOptions().quick ? 3 : 15;

interface Start {
  readonly work: string;
  readonly goal: Goal | null;
  readonly once: () => Promise<void>;
}

const BARE: Start = { work: 'node -e 0', goal: null, once: () => command(['-e', '0']) };

function startsOf(program: Program, how: string): readonly Start[] {
  const userferry = (...words: string[]) => command([program.launcher, ...words]);
  return [
    { work: `userferry --version, ${how}`, goal: null, once: () => userferry('--version') },
    { work: `userferry --help, ${how}`, goal: { most: 150 }, once: () => userferry('--help') },
    {
      work: `userferry explain, which starts an engine in it, ${how}`,
      goal: null,
      once: () => userferry('explain', 'script.threw'),
    },
    { work: `engine ready in its own process, ${how}`, goal: { most: 500 }, once: () => engine(program) },
  ];
}

async function command(args: readonly string[]): Promise<void> {
  const { status } = spawnSync(process.execPath, ['--no-node-snapshot', ...args], { stdio: 'ignore' });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}`);
}

const engines: Awaited<ReturnType<typeof startEngineProcess>>[] = [];
async function engine({ engine: entry }: Program): Promise<void> {
  engines.push(await startEngineProcess({ entry }));
}

const starts = [BARE, ...startsOf(sourceProgram, 'from source'), ...startsOf(packedProgram(), 'packed')];
const taken = new Map(starts.map(({ work }) => [work, [] as number[]]));
// The first round fills the caches of compiled code, as an earlier start of the user's would have.
for (let round = -1; round < runs; round += 1) {
  for (const { work, once } of starts) {
    const ms = await msOf(once);
    if (round >= 0) taken.get(work)!.push(ms);
    // Out of the measurement: its end is nobody's wait.
    for (const open of engines.splice(0)) await open.close();
  }
}
const base = median(taken.get(BARE.work)!);
console.log(`median of ${runs}`);
for (const { work, goal } of starts.slice(1)) {
  figure(work, median(taken.get(work)!), 'ms', {
    better: 'less',
    baseline: { name: BARE.work, figure: base },
    goal,
  });
}
