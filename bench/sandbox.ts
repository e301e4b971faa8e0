import { startPostgresql } from '#test/postgresql.ts';
import { closeKept } from '#sandbox/kept-pools.ts';
import { createScriptRunner } from '#sandbox/script-runner.ts';
import { ALL_MODULES, NOTHING, oneDriver, PER_CALL, POOLED } from './common/bench-scripts.ts';
import { benchOptions, secondsOf } from './common/options.ts';
import { memoryOf } from './common/process-tree.ts';
import { figure, type Goal } from './common/rows.ts';
import {
  inPlainNode,
  inSandbox,
  latency,
  type Rate,
  type Scripts,
  SCRIPT_USERS,
  throughput,
} from './common/script-sides.ts';
import { median } from './common/statistics.ts';
import { msOf } from './common/timing.ts';
import { measureTries } from './common/tries.ts';

/*
 * The sandbox against plain Node with the same drivers and the same PostgreSQL, in one run, with other work on the
 * machine hitting both alike. Processor time per run, of the processes that run and call scripts but not of the database,
 * hardly minds that other work. Run: node --no-node-snapshot bench/sandbox.ts [--seconds S]
 */
const seconds = secondsOf(benchOptions(), 3);
const WORKERS = 2;
const AT_ONCE = 16;

const database = await startPostgresql();
await database.query('CREATE TABLE users (id integer PRIMARY KEY, email text UNIQUE, name text)');
await database.query(
  `INSERT INTO users SELECT n, 'user' || n || '@example.com', 'User ' || n FROM generate_series(0, ${SCRIPT_USERS - 1}) n`,
);
const { host, port, user, password, database: name } = database;
const configuration = { DB: JSON.stringify({ host, port, user, password, database: name }) };

const startedAt = performance.now();
const runner = await createScriptRunner({
  workers: WORKERS,
  egress: [{ host, port, because: 'the bench' }],
});
const startMs = performance.now() - startedAt;
const workerMb = (): number => Math.max(...runner.processIds.map((pid) => memoryOf(pid)?.mb ?? 0));
const idleMb = workerMb();
const warm = inSandbox(runner, configuration, 'warm');
const fresh = inSandbox(runner, configuration, 'fresh');
const plain = inPlainNode(WORKERS, configuration);

const details: Record<string, Record<string, string>> = {};
async function sideOf(scripts: Scripts, text: string): Promise<Rate & { readonly ms: number }> {
  const rate = await throughput(scripts, text, { inFlight: AT_ONCE, seconds });
  return { ...rate, ms: await latency(scripts, text, seconds) };
}
async function compare(
  label: string,
  text: string,
  sandbox: Scripts,
  other: Scripts | null,
  goal: Goal | null = null,
): Promise<void> {
  const ours = await sideOf(sandbox, text);
  const theirs = other === null ? null : await sideOf(other, text);
  details[label] = {
    'sandbox, ms': ours.ms.toFixed(2),
    'plain Node, ms': theirs?.ms.toFixed(2) ?? '',
    'sandbox, CPU ms': ours.processorMs.toFixed(3),
    'plain Node, CPU ms': theirs?.processorMs.toFixed(3) ?? '',
  };
  const baseline =
    theirs === null ? null : { name: 'plain Node, called from outside', figure: theirs.perSecond };
  figure(label, ours.perSecond, 'runs/s', { baseline, goal });
}

await compare('script without I/O, warm', NOTHING, warm, plain, { least: 6_000 });
await compare('script without I/O, fresh', NOTHING, fresh, null, { least: 1_400 });
await compare('PostgreSQL, pool in global', POOLED, warm, plain);
await compare('PostgreSQL, connection per call', PER_CALL, warm, plain);
await compare('PostgreSQL, connection per call, fresh', PER_CALL, fresh, null);
console.table(details);

/** Milliseconds of one run of each of several scripts, one after the other. */
async function each(texts: readonly string[], scripts: Scripts): Promise<readonly number[]> {
  const taken: number[] = [];
  for (const text of texts) taken.push(await msOf(() => scripts.run(text, ['a', 'b'])));
  return taken;
}
const [firstDriver, ...drivers] = await each(
  Array.from({ length: 11 }, (_, n) => oneDriver(n)),
  warm,
);
figure('new isolate with one driver, until its script has called back', median(drivers), 'ms', {
  better: 'less',
  baseline: { name: 'the first with this driver', figure: firstDriver ?? Number.NaN },
  goal: { most: 25 },
});
const [firstOfAll] = await each([ALL_MODULES], warm);
const further = median(
  await each(
    Array.from({ length: 5 }, () => ALL_MODULES),
    fresh,
  ),
);
figure('new isolate with 21 modules', further, 'ms', {
  better: 'less',
  baseline: { name: 'the first with these', figure: firstOfAll ?? Number.NaN },
});
console.log(
  `start of ${WORKERS} workers ${startMs.toFixed(0)} ms; a worker holds ${idleMb.toFixed(0)} MB idle and ` +
    `${workerMb().toFixed(0)} MB after all this`,
);
await plain.close();
await runner.close();
await measureTries(database);
await closeKept();
await database.remove();
