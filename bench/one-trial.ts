import process from 'node:process';
import { createRouterClient } from '@orpc/server';
import { compose } from '#hosts/compose.ts';

/*
 * One bulk trial in a process of its own, so that its peak of memory is its own too. Prints one line of JSON.
 * Run by other benches: node --no-node-snapshot bench/one-trial.ts PROJECT
 */
const project = process.argv[2]!;
const engine = compose({ noteBug: (reference, cause) => console.error(reference, cause) });
const client = createRouterClient(engine.router, { context: {} });
const commits: { readonly at: number; readonly done: number }[] = [];
const startedAt = performance.now();
const { id } = await client.trials.start({ project, kind: 'bulk' });
let expected = 0;
for await (const { done, expected: all } of await client.trials.watch({ project, trial: id })) {
  commits.push({ at: performance.now() - startedAt, done });
  expected = all;
}
const seconds = (performance.now() - startedAt) / 1000;
await engine.close();

/** Users a second between two parts of the whole, by the progress that was seen nearest to them. */
function rate(from: number, to: number): number {
  const at = (part: number) => commits.find(({ done }) => done >= part * expected) ?? commits.at(-1)!;
  const [first, last] = [at(from), at(to)];
  return ((last.done - first.done) / (last.at - first.at)) * 1000;
}

process.stdout.write(
  JSON.stringify({
    seconds,
    users: commits.at(-1)?.done ?? 0,
    // The first commits hold the start of the trial itself, which does not depend on users.
    flatness: rate(0.9, 0.999) / rate(0.02, 0.12),
    cpuSeconds: (process.cpuUsage().user + process.cpuUsage().system) / 1e6,
    peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);
