import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeWith } from '#test/describe-with.ts';
import { type Sandbox, startSandbox } from '#test/script-runner.ts';
import { CASES, caseScript } from './case-script.ts';
import { countLeaves, differences } from './compare-leaves.ts';
import { KNOWN_DIFFERENCES } from './known-differences.ts';
import { runInPlainNode } from './plain-node.ts';
import { missingFor, startSurroundings, type Surroundings } from './surroundings.ts';

// The same scripts in the sandbox and in the plain Node whose lib it runs, value by value. A drift of the lib or of
// a driver shows here, where it would otherwise give wrong results without an error.

const STARTS = ['compiled', 'snapshot'] as const;
const LEAST_VALUES = 1500;
let sandboxes: Readonly<Record<(typeof STARTS)[number], Sandbox>>;
let surroundings: Surroundings;
const compared = new Map<string, number>();

const known = (name: string): Record<string, unknown> =>
  Object.fromEntries(
    Object.keys(KNOWN_DIFFERENCES)
      .filter((path) => path.startsWith(`${name}.`))
      .map((path) => [path, expect.anything()]),
  );

beforeAll(async () => {
  surroundings = await startSurroundings();
  const egress = ['127.0.0.1', 'localhost', '::1'].map(
    (host) => ({ host, port: '*', because: 'test' }) as const,
  );
  sandboxes = {
    compiled: await startSandbox({ egress, snapshots: false, memoryLimitMb: 256 }),
    snapshot: await startSandbox({ egress, snapshots: true, memoryLimitMb: 256 }),
  };
});

afterAll(async () => {
  await Promise.all([...Object.values(sandboxes).map((sandbox) => sandbox.close()), surroundings.close()]);
});

async function inPlainNode(name: string): Promise<unknown> {
  surroundings.reset();
  return runInPlainNode(caseScript(name), surroundings.settings);
}

async function inSandbox(name: string, start: (typeof STARTS)[number]): Promise<unknown> {
  surroundings.reset();
  const run = await sandboxes[start].run(caseScript(name), {
    args: [surroundings.settings, ''],
    password: null,
    timeLimitMs: 60_000,
  });
  expect({ ending: run.ending, error: run.error }).toEqual({ ending: 'called-back', error: null });
  return run.value;
}

it('has a sandbox of each kind', () => {
  const snapshots = Object.entries(sandboxes).map(([start, { runner }]) => [start, runner.snapshots]);
  expect(Object.fromEntries(snapshots)).toEqual({ compiled: false, snapshot: true });
});

for (const name of CASES)
  describeWith(name, missingFor(name), () => {
    let plain: unknown;
    beforeAll(async () => {
      plain = await inPlainNode(name);
      compared.set(name, countLeaves(plain));
    });

    it.each(STARTS)('is as in plain Node 22 when the guest starts %s', async (start) => {
      const found = differences({ [name]: plain }, { [name]: await inSandbox(name, start) });
      expect(found).toEqual(known(name));
    });
  });

describe('all of it', () => {
  it(`compares at least ${LEAST_VALUES} values`, () => {
    const values = [...compared.values()].reduce((sum, count) => sum + count, 0);
    expect(values).toBeGreaterThanOrEqual(LEAST_VALUES);
  });
});
