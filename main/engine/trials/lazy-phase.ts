import type { UserFinding } from '#domain/diagnostics/user-finding.ts';
import type { LegacyKey } from '#domain/profile/legacy-user.ts';
import { usesOfLazyUser } from '#domain/projections/script-uses.ts';
import { mapInFlight } from '#engine/trials/in-flight.ts';
import { decideLazyUser, type StoreAnswer } from '#engine/trials/lazy-decision.ts';
import { runPipelines } from '#engine/trials/lazy-pipeline.ts';
import { type LazyRuns, probe, runScriptsFor } from '#engine/trials/lazy-runs.ts';
import { loginIdentity } from '#engine/trials/login-identifier.ts';
import { mayBeOutage } from '#engine/trials/looks-like-outage.ts';
import { leftOut } from '#engine/trials/lazy-window.ts';
import { orCancelled, throwIfCancelled } from '#engine/trials/outage.ts';
import type { LazyContext } from '#engine/trials/phase-context.ts';
import { type PreparedUser, prepareUser } from '#engine/trials/prepare-user.ts';
import { answersOfStore } from '#engine/trials/store-answers.ts';

/** Users of one batch: enough to keep all isolates busy, few enough that a crash costs little. */
const BATCH_USERS = 500;

/**
 * Takes every user of the source through the scripts. Within a batch scripts run side by side; their results are
 * then decided in the users' order and committed with the checkpoint in one transaction.
 */
export async function runLazyPhase(context: LazyContext): Promise<void> {
  const { replica, source } = context;
  const checkpoint = replica.checkpoint('lazy');
  let after: LegacyKey | null = checkpoint?.after ?? null;
  let done = checkpoint?.done ?? 0;
  for (;;) {
    throwIfCancelled(context.signal);
    const from = after;
    const page = await context.throughOutages(() =>
      orCancelled(source.page(from, done, BATCH_USERS), context.signal),
    );
    const users = page.records.map((record, index) =>
      prepareUser(record, done + index, context.project.settings.fields, context.createdAtMs),
    );
    const runs = await orCancelled(runBatch(context, users), context.signal);
    const answers = await answersOfStore(context, users);
    const pipelines = await orCancelled(runPipelines(context, users, runs), context.signal);
    done += users.length;
    after = page.records.at(-1)?.key ?? after;
    const finished = page.next === null;
    commitBatch(context, users, runs, answers, pipelines, { after, done, finished });
    context.committed({ ...replica.counts('lazy'), finished });
    if (finished) return;
  }
}

/** Runs of the batch by index; null where no script can or should run for a user. */
async function runBatch(context: LazyContext, users: readonly PreparedUser[]): Promise<(LazyRuns | null)[]> {
  context.signs.seen = false;
  const runs = await mapInFlight(users, context.runner.concurrency, (prepared) => runUser(context, prepared));
  const doubtful = runs.map((run) =>
    [run?.getUser, run?.login, run?.wrongPassword].some((one) => one != null && mayBeOutage(one)),
  );
  const one = users[doubtful.indexOf(true)];
  if (one === undefined) return runs;
  // A lock or a time limit of the server looks like any error once a script has put it into words of its own.
  if (!context.signs.seen && !(await probe(context, one))) return runs;
  // The database was away for some of the batch. Drivers and scripts hide that in errors of their own, so whoever
  // got no answer is asked again; who fails for another reason fails again.
  return mapInFlight(users, context.runner.concurrency, async (prepared, index) =>
    doubtful[index] === true ? runUser(context, prepared) : (runs[index] ?? null),
  );
}

async function runUser(context: LazyContext, prepared: PreparedUser): Promise<LazyRuns | null> {
  const identity = prepared.user === null ? null : loginIdentity(context, prepared.user);
  if (identity === null || leftOut(context, prepared) !== null || context.signal.aborted) return null;
  return runScriptsFor(context, identity, prepared);
}

function commitBatch(
  context: LazyContext,
  users: readonly PreparedUser[],
  runs: readonly (LazyRuns | null)[],
  answers: ReadonlyMap<number, StoreAnswer>,
  pipelines: readonly (readonly UserFinding[] | null)[],
  checkpoint: { readonly after: LegacyKey | null; readonly done: number; readonly finished: boolean },
): void {
  const { replica } = context;
  const checks = countChecks(runs);
  replica.batch((batch) => {
    for (const [index, prepared] of users.entries()) {
      const decided = decideLazyUser(
        context,
        batch,
        prepared,
        runs[index] ?? null,
        answers,
        pipelines[index] ?? [],
      );
      for (const event of decided.events) batch.apply(event, context.createdAtMs, prepared.position);
      batch.outcome(decided.outcome, {
        uses: usesOfLazyUser(decided.seen),
        traits: prepared.traits,
        mark: prepared.mark,
      });
    }
    for (const kind of ['truly', 'assumed'] as const) {
      const name = `passwordChecks.${kind}`;
      replica.setMeta(name, String(Number(replica.meta(name) ?? 0) + checks[kind]));
    }
    batch.checkpoint({ phase: 'lazy', ...checkpoint });
  });
}

function countChecks(runs: readonly (LazyRuns | null)[]): { truly: number; assumed: number } {
  const total = { truly: 0, assumed: 0 };
  for (const run of runs.flatMap((one) => [one?.login, one?.wrongPassword])) {
    total.truly += run?.passwordChecks.truly ?? 0;
    total.assumed += run?.passwordChecks.assumed ?? 0;
  }
  return total;
}
