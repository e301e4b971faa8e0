import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ESCAPE, type HostileScript, LOOPS, MEMORY } from '../fixtures/hostile-scripts.ts';
import { type Sandbox, startSandbox } from '#test/script-runner.ts';

// After every script an ordinary one must work, in the same runner: whatever was broken has been replaced.

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ memoryLimitMb: 64 });
});
afterAll(() => sandbox.close());

async function survive({ body, endings, value, failureMeans }: HostileScript): Promise<void> {
  const run = await sandbox.run(`function login(user, password, callback) { ${body} }`, { timeLimitMs: 1500 });
  expect(endings, `${run.ending} ${run.error?.message ?? ''}: ${failureMeans}`).toContain(run.ending);
  if (value !== undefined) expect(run.value, failureMeans).toEqual(value);
  expect(({} as { admin?: unknown }).admin, failureMeans).toBeUndefined();
  const next = await sandbox.run('function login(user, password, callback) { callback(null, "fine"); }');
  expect(next.value, `the next attempt after it: ${failureMeans}`).toBe('fine');
}

describe('scripts that never end', () => {
  it.each(LOOPS)('$name', survive);
});
describe('scripts that want everything', () => {
  it.each(MEMORY)('$name', survive);
});
describe('scripts that want out', () => {
  it.each(ESCAPE)('$name', survive);
});
