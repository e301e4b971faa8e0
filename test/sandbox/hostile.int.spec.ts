import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ESCAPE, type HostileScript, LOOPS, MEMORY } from '../fixtures/hostile-scripts.ts';
import { type Sandbox, startSandbox } from '#test/script-runner.ts';

// After every script an ordinary one must work, in the same runner: whatever was broken has been replaced.

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ memoryLimitMb: 64 });
});
afterAll(() => sandbox.close());

/** What `endings` and `value` of a script are compared with; a message says what a difference would mean. */
async function survive({ body, endings, value, failureMeans }: HostileScript): Promise<void> {
  const run = await sandbox.run(`function login(user, password, callback) { ${body} }`, {
    timeLimitMs: 1500,
  });
  const next = await sandbox.run('function login(user, password, callback) { callback(null, "fine"); }');
  const polluted = ({} as { admin?: unknown }).admin;
  const seen = { ending: run.ending, value: run.value, next: next.value, polluted, failureMeans };
  expect(seen).toEqual({
    ending: endings.includes(run.ending) ? run.ending : endings.join(' or '),
    value: value === undefined ? run.value : value,
    next: 'fine',
    polluted: undefined,
    failureMeans,
  });
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
