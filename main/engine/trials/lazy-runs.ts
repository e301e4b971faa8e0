import type { Slot } from '#domain/migration/slots.ts';
import type { Secret } from '#domain/secret.ts';
import type { PasswordCheckPlan, Script, ScriptRun } from '#engine/ports/script-runner.ts';
import { scriptArgs } from '#engine/scripts/script-args.ts';
import { looksLikeOutage } from '#engine/trials/looks-like-outage.ts';
import type { LoginIdentity } from '#engine/trials/login-identifier.ts';
import type { LazyContext } from '#engine/trials/phase-context.ts';
import type { PreparedUser } from '#engine/trials/prepare-user.ts';

/** Runs of one script that may have failed for what surrounds it: the last one counts. */
const MOST_TRIES = 3;
/** One row comes sooner than this from a database that is at work; where it never does, the second look tells. */
const PROMPT_MS = 100;

/** What the scripts did for one user. A login that the depth or the lack of a password left out is null. */
export interface LazyRuns {
  readonly getUser: ScriptRun;
  readonly login: ScriptRun | null;
  readonly wrongPassword: ScriptRun | null;
  /** Whether `login` was answered by the rehearsal or proven with a known password. */
  readonly passwords: 'assumed' | 'proven' | 'none';
}

/** Runs the scripts of one user, one after the other; the whole batch is what runs side by side. */
export async function runScriptsFor(
  context: LazyContext,
  { identifier, known }: LoginIdentity,
  prepared: PreparedUser,
): Promise<LazyRuns> {
  const getUser = await runOnce(context, prepared, 'get_user', identifier, null, { kind: 'true' });
  const { depth } = context.options;
  // Its outcome is settled; a script that stalls would only stall again.
  if (getUser.ending !== 'called-back')
    return { getUser, login: null, wrongPassword: null, passwords: 'none' };
  if (depth === 'assumed') {
    const storedDigests = prepared.recognised?.digest == null ? [] : [prepared.recognised.digest];
    const right: PasswordCheckPlan = { kind: 'assume', answer: 'right', storedDigests };
    const wrong: PasswordCheckPlan = { kind: 'assume', answer: 'wrong', storedDigests };
    const { identity } = context.ports;
    const login = await runOnce(context, prepared, 'login', identifier, identity.password(), right);
    const wrongPassword = await runOnce(context, prepared, 'login', identifier, identity.password(), wrong);
    return { getUser, login, wrongPassword, passwords: 'assumed' };
  }
  if (known === null) return { getUser, login: null, wrongPassword: null, passwords: 'none' };
  return {
    getUser,
    login: await runOnce(context, prepared, 'login', identifier, known, { kind: 'true' }),
    wrongPassword: await runOnce(context, prepared, 'login', identifier, context.ports.identity.password(), {
      kind: 'true',
    }),
    passwords: 'proven',
  };
}

async function runOnce(
  context: LazyContext,
  prepared: PreparedUser,
  slot: Slot & ('login' | 'get_user'),
  identifier: string,
  password: Secret | null,
  passwordChecks: PasswordCheckPlan,
): Promise<ScriptRun> {
  const script = context.project.scripts.get(slot) as Script;
  const input = {
    identifier,
    password: password?.reveal() ?? '',
    newPassword: '',
    newEmail: '',
    connection: context.project.settings.connection,
  };
  const run = (): Promise<ScriptRun> =>
    context.runner.run({
      script,
      args: scriptArgs(slot, input, context.project.connection.enableScriptContext),
      password,
      configuration: context.configuration,
      container: context.options.container,
      timeLimitMs: context.options.timeLimitMs,
      passwordChecks,
      detail: 'counts',
    });
  for (let tries = 1; ; tries++) {
    const done = await run();
    if (tries === MOST_TRIES) return done;
    const lost = looksLikeOutage(done);
    if (!lost && done.ending !== 'timed-out') return done;
    // Either the database is gone, and then the probe pauses the trial, or a worker died under this attempt, or
    // this is the script's own trouble and the next run says so again.
    const stoodStill = await probe(context, prepared);
    // A script that ran out of time while the database answers as ever has only itself to blame.
    if (!lost && !stoodStill) return done;
    context.signs.seen = true;
  }
}

/**
 * Waits until a user can be read; whether that was not so at once. A database that stood still a moment ago answers
 * late once and promptly then; one that is merely slow takes as long again.
 */
export async function probe(context: LazyContext, { record }: PreparedUser): Promise<boolean> {
  const { legacy, ports } = context;
  let failed = false;
  const look = async (): Promise<number> => {
    const startedAt = ports.clock.ticks();
    await context.throughOutages(async () => {
      try {
        // Not a page: the next one is on its way already, and would be forgotten.
        await legacy.store.find(record.key);
      } catch (trouble) {
        failed = true;
        throw trouble;
      }
    });
    return ports.clock.ticks() - startedAt;
  };
  const first = await look();
  if (failed) return true;
  return first > PROMPT_MS && (await look()) < first / 2;
}
