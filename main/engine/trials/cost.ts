import type { trialCostSchema } from '#contract/trials.ts';
import type { TrialOptions } from '#contract/trial-record.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { ListedTrial } from '#engine/ports/trial-folders.ts';
import { optionsOf, phasesOf, type TrialRequest } from '#engine/trials/new-record.ts';
import { openUsable } from '#engine/trials/usable-project.ts';
import { openUserSource } from '#engine/trials/user-source.ts';
import type { z } from 'zod';

/**
 * Rates seen on a small machine (2 cores), users or runs per second. Only for the estimate before the first trial of
 * its sort in a project.
 */
const SCRIPT_RUNS_PER_SECOND = 900;
const IMPORTED_USERS_PER_SECOND = 12_000;
/** bcrypt cost 10, per core. */
const TRUE_CHECKS_PER_SECOND = 12;

export async function costOfTrial(
  ports: Ports,
  request: TrialRequest,
): Promise<z.infer<typeof trialCostSchema>> {
  const project = await openUsable(ports, request.project);
  const options = optionsOf(request);
  const { where } = options.filter;
  const legacy = await ports.openLegacy(project, {
    forScripts: false,
    ...(where === undefined ? {} : { where }),
  });
  try {
    const { expected: users } = await openUserSource(legacy.store, options.filter);
    const phases = phasesOf(options);
    const known = options.depth === 'proven' ? Math.min((await ports.credentials(project)).size, users) : 0;
    const lazy = phases.includes('lazy');
    const runsPerUser = options.depth === 'assumed' ? 3 : 1;
    const scriptRuns = lazy ? users * runsPerUser + known * 2 : 0;
    const passwordChecks = lazy ? known * 2 : 0;
    const workers = options.workers ?? ports.defaultWorkers;
    const reckoned = {
      lazy: scriptRuns / SCRIPT_RUNS_PER_SECOND + passwordChecks / (TRUE_CHECKS_PER_SECOND * workers),
      bulk: users / IMPORTED_USERS_PER_SECOND,
    };
    const rates = {
      lazy: `${SCRIPT_RUNS_PER_SECOND} script runs and ${TRUE_CHECKS_PER_SECOND * workers} true bcrypt-10 checks a second`,
      bulk: `${count(IMPORTED_USERS_PER_SECOND)} imported users a second`,
    };
    const listed = await ports.trialFolders.list(project.folder);
    const parts = phases.map((phase) => {
      const measured = measuredRate(listed, phase, options);
      return measured === null
        ? { seconds: reckoned[phase], basis: rates[phase] }
        : {
            seconds: users / measured.perSecond,
            basis: `${count(measured.perSecond)} users a second, as in the ${phase} phase of trial ${measured.trial}`,
          };
    });
    return {
      users,
      scriptRuns,
      passwordChecks,
      estimatedSeconds: Math.ceil(parts.reduce((sum, part) => sum + part.seconds, 0)),
      basis: parts.map((part) => part.basis).join('; '),
    };
  } finally {
    await legacy.close();
  }
}

/** Fewer users say more about the start of the workers than about the rate. */
const ENOUGH_USERS = 200;

/** What the newest finished trial of the same sort took in this project: better than any table of rates. */
export function measuredRate(
  listed: readonly ListedTrial[],
  phase: 'lazy' | 'bulk',
  { kind, depth, container, workers }: TrialOptions,
): { readonly perSecond: number; readonly trial: string } | null {
  for (const one of listed) {
    if (one.kind === 'damaged' || one.record.status !== 'finished') continue;
    const { options, phases, id } = one.record;
    const same =
      options.kind === kind &&
      (phase === 'bulk' ||
        (options.depth === depth && options.container === container && options.workers === workers));
    const took = phases.find((other) => other.phase === phase);
    if (!same || took === undefined || took.done < ENOUGH_USERS || took.seconds <= 0) continue;
    return { perSecond: took.done / took.seconds, trial: id };
  }
  return null;
}

function count(value: number): string {
  return (value < 10 ? Number(value.toFixed(1)) : Math.round(value)).toLocaleString('en');
}
