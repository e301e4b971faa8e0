import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ESCAPES_TRIED } from '../fixtures/hostile-scripts/escapes.ts';
import type { HostileScript } from '../fixtures/hostile-scripts/hostile-script.ts';
import { LOOPS } from '../fixtures/hostile-scripts/loops.ts';
import { MEMORY } from '../fixtures/hostile-scripts/memory.ts';
import { type Leftovers, leftovers } from '#test/leftovers.ts';
import { type Sandbox, startSandbox } from '#test/script-runner.ts';

// After every script an ordinary one must work, in the same runner: whatever was broken has been replaced. Several
// runners work side by side, as most scripts end by running out of time.

const RUNNERS = 4;
const MEGABYTE = 1024 * 1024;
const FORCED = new Set(['blocked', 'timed-out']);
const free: Sandbox[] = [];
const wanted: ((sandbox: Sandbox) => void)[] = [];
const all: Sandbox[] = [];
let before: Leftovers | null = null;

beforeAll(async () => {
  before = leftovers();
  all.push(
    ...(await Promise.all(Array.from({ length: RUNNERS }, () => startSandbox({ memoryLimitMb: 64 })))),
  );
  free.push(...all);
});

/** Processes that were not there before and are not among the given ones. */
const strangers = (now: Leftovers | null, known: readonly number[]): readonly number[] =>
  (now?.processes ?? []).filter((pid) => !known.includes(pid) && before?.processes.includes(pid) !== true);

afterAll(async () => {
  const workers = all.flatMap(({ runner }) => runner.processIds);
  const alive = leftovers();
  await Promise.all(all.map((one) => one.close()));
  const after = leftovers();
  // Neither a dead worker, nor anything that a script has started, nor a socket that one has left to the engine.
  expect({
    workers: workers.length,
    besideWorkers: strangers(alive, workers),
    afterwards: strangers(after, []),
    sockets: (after?.sockets ?? 0) - (before?.sockets ?? 0) <= 0,
    files: (after?.files ?? 0) - (before?.files ?? 0) <= 4,
    memory: process.memoryUsage().rss < 900 * MEGABYTE,
  }).toEqual({
    workers: RUNNERS,
    besideWorkers: [],
    afterwards: [],
    sockets: true,
    files: true,
    memory: true,
  });
});

async function borrow<T>(use: (sandbox: Sandbox) => Promise<T>): Promise<T> {
  const sandbox = free.pop() ?? (await new Promise<Sandbox>((resolve) => wanted.push(resolve)));
  try {
    return await use(sandbox);
  } finally {
    const next = wanted.shift();
    if (next === undefined) free.push(sandbox);
    else next(sandbox);
  }
}

/** What `endings` and `value` of a script are compared with; a message says what a difference would mean. */
async function survive({ body, text, endings, value, failureMeans }: HostileScript): Promise<void> {
  const seen = await borrow(async (sandbox) => {
    const run = await sandbox.run(text ?? `function login(user, password, callback) { ${body} }`, {
      // One that has to be ended is ended soon; one that ends by itself may do so on a busy machine too.
      timeLimitMs: endings.some((ending) => FORCED.has(ending)) ? 1000 : 20_000,
    });
    const next = await sandbox.run('function login(user, password, callback) { callback(null, "fine"); }', {
      timeLimitMs: 20_000,
    });
    return { run, next };
  });
  const polluted = ({} as { admin?: unknown }).admin;
  expect({
    ending: seen.run.ending,
    value: seen.run.value,
    next: [seen.next.ending, seen.next.value],
    nextAlone: seen.next.findings.map(({ code }) => code),
    polluted,
    failureMeans,
  }).toEqual({
    ending: endings.includes(seen.run.ending) ? seen.run.ending : endings.join(' or '),
    value: value === undefined ? seen.run.value : value,
    next: ['called-back', 'fine'],
    nextAlone: [],
    polluted: undefined,
    failureMeans,
  });
}

describe.concurrent('scripts that never end', () => {
  it.each(LOOPS)('$name', survive);
});
describe.concurrent('scripts that want everything', () => {
  it.each(MEMORY)('$name', survive);
});
describe.concurrent('scripts that want out', () => {
  it.each(ESCAPES_TRIED)('$name', survive);
});
