import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { replicaOpener } from '#replica/replica-opener.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';
import { childrenOf, isRunning, startUserferry, userferry } from '#test/userferry.ts';

/** Deaths of each kind of trial: engine and workers in turn. Together at least 50 random points. */
const DEATHS = { lazy: 18, bulk: 16, mixed: 16 } as const;
const USERS = 6_000;
/** Rows whose scripts make up a new id at each call, or never call back, differ from run to run by design. */
const STEADY = "legacy_uuid IS NOT NULL AND status <> 'review'";

let project = '';

beforeAll(async () => {
  project = join(temporaryFolder('kill'), 'acme');
  const { code, stderr } = await userferry(['init', project, '--from', 'sample', '--users', String(USERS)]);
  expect({ code, stderr }).toMatchObject({ code: 0 });
});
afterAll(() => removeFolder(project));

function trialArgs(kind: string): string[] {
  return ['trial', kind, '--project', project, '--yes', '--no-input', '--quiet', '--where', STEADY];
}

function digests(trial: string): Readonly<Record<string, string>> {
  const replica = replicaOpener.openReadOnly(join(project, 'trials', trial, 'replica.db'));
  try {
    return replica.contentDigests();
  } finally {
    replica.close();
  }
}

const trials = (): string[] => {
  try {
    return readdirSync(join(project, 'trials')).toSorted();
  } catch {
    return [];
  }
};

/** A death after the last batch, while the report is written, leaves nothing to resume. */
function isFinished(trial: string): boolean {
  const record = JSON.parse(readFileSync(join(project, 'trials', trial, 'trial.json'), 'utf8')) as {
    status: string;
  };
  return record.status === 'finished';
}

async function newTrial(run: () => Promise<unknown>): Promise<string> {
  const before = new Set(trials());
  await run();
  const made = trials().filter((id) => !before.has(id));
  expect(made).toHaveLength(1);
  return made[0]!;
}

/** Runs a trial while its processes are killed at random moments, until it is finished; says how often it died. */
async function runWithDeaths(
  kind: keyof typeof DEATHS,
): Promise<{ trial: string; engine: number; workers: number }> {
  let trial: string | null = null;
  const deaths = { engine: 0, workers: 0 };
  for (;;) {
    const before = new Set(trials());
    const args =
      trial === null
        ? trialArgs(kind)
        : ['trial', 'resume', trial, '--project', project, '--yes', '--no-input', '--quiet'];
    const { child, finished } = startUserferry(args);
    const pid = child.pid!;
    const left = DEATHS[kind] - deaths.engine - deaths.workers;
    let running = true;
    void finished.then(() => (running = false));
    const workers = new Set<number>();
    if (left > 0) {
      await sleep(500 + Math.random() * 1_500);
      for (const worker of childrenOf(pid)) workers.add(worker);
      const victim = left % 3 === 0 ? [...workers][0] : undefined;
      if (running && victim !== undefined) {
        process.kill(victim, 'SIGKILL');
        deaths.workers += 1;
        await sleep(150 + Math.random() * 300);
      }
      if (running) {
        for (const worker of childrenOf(pid)) workers.add(worker);
        child.kill('SIGKILL');
        deaths.engine += 1;
      }
    }
    const { code, signal, stderr } = await finished;
    for (let wait = 0; wait < 50 && [...workers].some(isRunning); wait++) await sleep(100);
    expect([...workers].filter(isRunning), 'workers outlive a killed engine').toEqual([]);
    trial ??= trials().find((id) => !before.has(id)) ?? null;
    if (trial === null) continue;
    if (signal === null) expect(code, stderr).toBeLessThan(2);
    if (isFinished(trial)) return { trial, ...deaths };
  }
}

describe.each(['bulk', 'lazy', 'mixed'] as const)('a %s trial killed at random points', (kind) => {
  it('ends like one that was left alone, table by table', { timeout: 900_000 }, async () => {
    const undisturbed = await newTrial(() => userferry(trialArgs(kind)));
    const { trial, engine } = await runWithDeaths(kind);
    expect(engine).toBeGreaterThan(0);
    expect(digests(trial)).toEqual(digests(undisturbed));
  });
});
