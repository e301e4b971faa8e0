import type { trialCostSchema } from '#contract/trials.ts';
import type { Ports } from '#engine/ports/ports.ts';
import { optionsOf, phasesOf, type TrialRequest } from '#engine/trials/new-record.ts';
import { openUsable } from '#engine/trials/usable-project.ts';
import { openUserSource } from '#engine/trials/user-source.ts';
import type { z } from 'zod';

/**
 * Rates seen on a small machine (2 cores), users or runs per second. Only for the estimate that is shown before a
 * trial; the running trial measures its own rate.
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
    const seconds =
      scriptRuns / SCRIPT_RUNS_PER_SECOND +
      passwordChecks / (TRUE_CHECKS_PER_SECOND * workers) +
      (phases.includes('bulk') ? users / IMPORTED_USERS_PER_SECOND : 0);
    return {
      users,
      scriptRuns,
      passwordChecks,
      estimatedSeconds: Math.ceil(seconds),
      basis: `${SCRIPT_RUNS_PER_SECOND} script runs, ${IMPORTED_USERS_PER_SECOND} imported users and ${TRUE_CHECKS_PER_SECOND * workers} true bcrypt-10 checks a second`,
    };
  } finally {
    await legacy.close();
  }
}
