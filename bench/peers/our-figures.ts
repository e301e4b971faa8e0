import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Script } from '#engine/ports/script-runner.ts';
import { createScriptRunner } from '#sandbox/script-runner.ts';
import { removeFolder } from '#test/temporary-folder.ts';
import { csvProject } from '../common/sample-projects.ts';
import { rateOf } from '../common/timing.ts';
import { type MeasuredTrial, runTrial } from '../common/trial.ts';

/** What the script of the smallest comparison computes. */
export const DIGEST = "require('crypto').createHash('sha256').update('a password').digest('hex')";

/**
 * Every user of a CSV: a lazy trial takes each through get_user, a login with the right password that migrates, and one
 * with a wrong password, each of which asks a local HTTP service; a bulk trial imports them.
 */
export async function ourTrial(folder: string, kind: 'lazy' | 'bulk', users: number): Promise<MeasuredTrial> {
  const project = join(folder, `${kind}-trial`);
  await csvProject(project, users, 'sound');
  const trial = await runTrial(project, kind, users);
  removeFolder(project);
  if (trial.counts.ok !== users)
    throw new Error(`our own ${kind} trial: ${trial.counts.ok} of ${users} are ok`);
  return trial;
}

/** Runs a second of a script that computes one SHA-256. */
export async function ourRuns(container: 'warm' | 'fresh', seconds: number): Promise<number> {
  const runner = await createScriptRunner({ workers: 2, egress: [] });
  const text = `function login(user, password, callback) { callback(null, { user_id: ${DIGEST} }); }`;
  const script: Script = { slot: 'login', text, checksum: createHash('sha256').update(text).digest('hex') };
  try {
    return await rateOf(runner.concurrency, seconds, async () => {
      const { ending } = await runner.run({
        script,
        args: ['mary@example.com', 'a password'],
        password: null,
        configuration: {},
        container,
        timeLimitMs: 20_000,
        passwordChecks: { kind: 'true' },
        detail: 'counts',
      });
      if (ending !== 'called-back') throw new Error(ending);
    });
  } finally {
    await runner.close();
  }
}
