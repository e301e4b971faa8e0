import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cleanAfterwards } from '#test/fault-leftovers.ts';
import { noteFault } from '#test/fault-matrix.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';
import { trialDigests, trialIds } from '#test/trial-contents.ts';
import { childrenOf, isRunning, startUserferry, userferry } from '#test/userferry.ts';

cleanAfterwards();

/** Deaths of each kind of trial, of engines and workers: together 50 random points. */
const DEATHS = { bulk: 16, lazy: 18, mixed: 16 } as const;
const USERS = 4_000;
/** Rows whose scripts make up a new id at each call, or never call back, differ from run to run by design. */
const STEADY = "legacy_uuid IS NOT NULL AND status <> 'review'";

type Kind = keyof typeof DEATHS;

let project = '';

beforeAll(async () => {
  project = join(temporaryFolder('kill'), 'acme');
  const { code, stderr } = await userferry(['init', project, '--from', 'sample', '--users', String(USERS)]);
  expect(code, stderr).toBe(0);
});
afterAll(() => removeFolder(project));

const COMMON = ['--yes', '--no-input', '--quiet'];

function start(kind: Kind): string[] {
  return ['trial', kind, '--project', project, ...COMMON, '--where', STEADY];
}

function resume(trial: string): string[] {
  return ['trial', 'resume', trial, '--project', project, ...COMMON];
}

/** A death after the last batch, while the report is written, leaves nothing to resume. */
function isFinished(trial: string): boolean {
  const text = readFileSync(join(project, 'trials', trial, 'trial.json'), 'utf8');
  return (JSON.parse(text) as { status: string }).status === 'finished';
}

interface Deaths {
  engines: number;
  workers: number;
}

/** Kills the engine at a random moment, or one of its workers first; false if the program was faster. */
async function killAtRandom(pid: number, running: () => boolean, deaths: Deaths): Promise<Set<number>> {
  const workers = new Set<number>();
  await sleep(400 + Math.random() * 1_800);
  for (const worker of childrenOf(pid)) workers.add(worker);
  const victim = Math.random() < 0.35 ? [...workers][0] : undefined;
  if (running() && victim !== undefined) {
    process.kill(victim, 'SIGKILL');
    deaths.workers += 1;
    await sleep(100 + Math.random() * 400);
  }
  if (running()) {
    for (const worker of childrenOf(pid)) workers.add(worker);
    process.kill(pid, 'SIGKILL');
    deaths.engines += 1;
  }
  return workers;
}

/** One trial from start to finish; its processes die until `wanted` deaths are reached. */
async function trialWithDeaths(kind: Kind, deaths: Deaths, wanted: number): Promise<string> {
  const before = new Set(trialIds(project));
  let trial: string | null = null;
  for (;;) {
    const { child, finished } = startUserferry(trial === null ? start(kind) : resume(trial));
    let running = true;
    void finished.then(() => (running = false));
    const more = deaths.engines + deaths.workers < wanted;
    const workers = more ? await killAtRandom(child.pid!, () => running, deaths) : new Set<number>();
    const { code, signal, stderr } = await finished;
    for (let wait = 0; wait < 50 && [...workers].some(isRunning); wait++) await sleep(100);
    expect([...workers].filter(isRunning), 'workers outlive their engine').toEqual([]);
    trial ??= trialIds(project).find((id) => !before.has(id)) ?? null;
    if (signal === null) expect(code, stderr).toBeLessThan(2);
    if (trial !== null && isFinished(trial)) return trial;
  }
}

describe.each(['bulk', 'lazy', 'mixed'] as const)('%s trials killed at random points', (kind) => {
  it('end like one that was left alone, table by table', { timeout: 900_000 }, async () => {
    const undisturbed = await trialWithDeaths(kind, { engines: 0, workers: 0 }, 0);
    const expected = trialDigests(project, undisturbed);
    const deaths: Deaths = { engines: 0, workers: 0 };
    while (deaths.engines + deaths.workers < DEATHS[kind]) {
      const trial = await trialWithDeaths(kind, deaths, DEATHS[kind]);
      expect(trialDigests(project, trial), `trial ${trial} after ${JSON.stringify(deaths)}`).toEqual(
        expected,
      );
    }
    expect(deaths.engines).toBeGreaterThan(0);
    noteFault('engine killed', `${kind} trial`, 'equal', deaths.engines);
    noteFault('worker killed', `${kind} trial`, 'equal', deaths.workers);
  });
});
