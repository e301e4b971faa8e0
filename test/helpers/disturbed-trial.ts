import { join } from 'node:path';
import type { Progress } from '#contract/trials.ts';
import type { startEngine } from '#test/engine.ts';
import { trialDigests } from '#test/trial-contents.ts';

/** Rows whose scripts make up a new id at each call, or never call back, differ from run to run by design. */
export const STEADY = "legacy_uuid IS NOT NULL AND status <> 'review'";

type Client = ReturnType<typeof startEngine>['client'];

export interface EndedTrial {
  readonly id: string;
  readonly status: string;
  /** Kind of the fault it stopped with; null without one. */
  readonly fault: string | null;
  /** Whether it waited for the database and went on by itself. */
  readonly waited: boolean;
  readonly digests: Readonly<Record<string, string>>;
}

/** Follows a trial until it stops; `seen` is told of its progress. Ends with an error where totals do not balance. */
export async function followTrial(
  client: Client,
  project: string,
  id: string,
  seen: (progress: Progress) => void = () => undefined,
): Promise<EndedTrial> {
  let waited = false;
  for await (const progress of await client.trials.watch({ project, trial: id })) {
    if (progress.pausedBy === 'database') waited = true;
    seen(progress);
  }
  const { status, fault, phases } = await client.trials.show({ project, trial: id });
  for (const { done, ok, failed, skipped } of phases) {
    if (done !== ok + failed + skipped)
      throw new Error(`${id}: ${done} is not ${ok} + ${failed} + ${skipped}`);
  }
  return { id, status, fault: fault?.kind ?? null, waited, digests: trialDigests(project, id) };
}

/** Resumes what has stopped, as often as it takes. */
export async function toTheEnd(client: Client, project: string, ended: EndedTrial): Promise<EndedTrial> {
  let last = ended;
  for (let again = 0; last.status !== 'finished' && again < 20; again++) {
    await client.trials.resume({ project, trial: ended.id });
    last = await followTrial(client, project, ended.id);
  }
  return last;
}

export const replicaOf = (project: string, trial: string): string =>
  join(project, 'trials', trial, 'replica.db');
