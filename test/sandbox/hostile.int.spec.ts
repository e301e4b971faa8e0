import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ESCAPES_TRIED } from '../fixtures/hostile-scripts/escapes.ts';
import type { HostileScript } from '../fixtures/hostile-scripts/hostile-script.ts';
import { LOOPS } from '../fixtures/hostile-scripts/loops.ts';
import { MEMORY } from '../fixtures/hostile-scripts/memory.ts';
import { type Sandbox, startSandbox } from '#test/script-runner.ts';
import { childrenOf } from '#test/userferry.ts';

// After every script an ordinary one must work, in the same runner: whatever was broken has been replaced. Several
// runners work side by side, as most scripts end by running out of time.

const RUNNERS = 4;
const MEGABYTE = 1024 * 1024;
const free: Sandbox[] = [];
const wanted: ((sandbox: Sandbox) => void)[] = [];
const all: Sandbox[] = [];
let filesBefore = 0;

const openFiles = (): number =>
  process.platform === 'linux' ? readdirSync('/proc/self/fd').length : filesBefore;

beforeAll(async () => {
  filesBefore = openFiles();
  all.push(
    ...(await Promise.all(Array.from({ length: RUNNERS }, () => startSandbox({ memoryLimitMb: 64 })))),
  );
  free.push(...all);
});

afterAll(async () => {
  const workers = all.flatMap(({ runner }) => runner.processIds);
  // The runners' own, and neither a dead worker nor anything that a script has started.
  const children = process.platform === 'linux' ? childrenOf(process.pid) : workers;
  await Promise.all(all.map((one) => one.close()));
  expect({
    workers: workers.length,
    foreign: workers.filter((pid) => !children.includes(pid)).length,
    files: openFiles() <= filesBefore + 5,
    memory: process.memoryUsage().rss < 900 * MEGABYTE,
  }).toEqual({ workers: RUNNERS, foreign: 0, files: true, memory: true });
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
      timeLimitMs: 1000,
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
