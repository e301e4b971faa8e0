import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SLOTS } from '#domain/migration/slots.ts';
import { type Sandbox, startSandbox } from '#test/script-runner.ts';
import { countLeaves, differences } from './compare-leaves.ts';
import { runSlotsInPlainNode, runSlotsInSandbox, type SlotOutcome } from './slot-runs.ts';
import { SLOT_SCRIPTS } from './slot-scripts.ts';

// Every slot with and without context, and every way a script can end, in the sandbox and in plain Node.

const STARTS = ['compiled', 'snapshot'] as const;
let plain: Readonly<Record<string, SlotOutcome>>;
let sandboxes: Readonly<Record<(typeof STARTS)[number], Sandbox>>;

beforeAll(async () => {
  plain = await runSlotsInPlainNode(SLOT_SCRIPTS);
  sandboxes = {
    compiled: await startSandbox({ snapshots: false }),
    snapshot: await startSandbox({ snapshots: true }),
  };
});
afterAll(() => Promise.all(Object.values(sandboxes).map((sandbox) => sandbox.close())));

it('covers each slot with and without context', () => {
  const covered = new Set(SLOT_SCRIPTS.map(({ name }) => name.split('.').slice(0, 2).join('.')));
  expect([...covered]).toEqual(
    expect.arrayContaining(SLOTS.flatMap((slot) => [`${slot}.plain`, `${slot}.context`])),
  );
  expect(countLeaves(plain)).toBeGreaterThan(400);
});

describe.each(STARTS)('scripts in a guest that starts %s', (start) => {
  it('end as in plain Node 22, with the same values, errors and lines', async () => {
    expect(differences(plain, await runSlotsInSandbox(sandboxes[start], SLOT_SCRIPTS))).toEqual({});
  });
});
