import process from 'node:process';
import { createRouterClient } from '@orpc/server';
import { compose } from '#hosts/compose.ts';
import type { TrialOutput } from './trial.ts';

/*
 * One trial in a process of its own, so that its peak of memory is its own too. Prints one line of JSON.
 * Run by other benches: node --no-node-snapshot bench/common/one-trial.ts PROJECT bulk|lazy
 */
const [project = '', kind] = process.argv.slice(2);
const bugs: string[] = [];
const engine = compose({ noteBug: (reference, cause) => bugs.push(`${reference} ${String(cause)}`) });
const client = createRouterClient(engine.router, { context: {} });
const seen: { readonly atMs: number; readonly done: number }[] = [];
const startedAt = performance.now();
const { id } = await client.trials.start({ project, kind: kind === 'lazy' ? 'lazy' : 'bulk' });
let counts = { ok: 0, failed: 0, skipped: 0 };
for await (const { done, ok, failed, skipped } of await client.trials.watch({ project, trial: id })) {
  seen.push({ atMs: performance.now() - startedAt, done });
  counts = { ok, failed, skipped };
}
const seconds = (performance.now() - startedAt) / 1000;
const { fault } = await client.trials.show({ project, trial: id });
await engine.close();
if (fault !== null || bugs.length > 0) {
  console.error(JSON.stringify({ fault, bugs }));
  process.exit(1);
}
const output: TrialOutput = {
  id,
  seconds,
  seen,
  counts,
  cpuSeconds: (process.cpuUsage().user + process.cpuUsage().system) / 1e6,
  peakMb: process.resourceUsage().maxRSS / 1024,
};
process.stdout.write(JSON.stringify(output));
