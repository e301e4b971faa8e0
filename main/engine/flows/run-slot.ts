import type { Slot } from '#domain/migration/slots.ts';
import type { Secret } from '#domain/secret.ts';
import { Fault } from '#engine/fault.ts';
import type { FlowSession, StepNotes } from '#engine/flows/flow-session.ts';
import type { PasswordCheckPlan, ScriptRun } from '#engine/ports/script-runner.ts';
import { scriptArgs } from '#engine/scripts/script-args.ts';

const WRITES: ReadonlySet<Slot> = new Set(['create', 'verify', 'change_password', 'change_email', 'delete']);

export interface SlotInput {
  readonly identifier: string;
  readonly password?: Secret;
  readonly newPassword?: Secret;
  readonly newEmail?: string;
  readonly username?: string;
  readonly verified?: boolean;
}

/** Runs the script of a slot as the tenant would and notes what it did. The slot has a script. */
export async function runSlot(
  session: FlowSession,
  notes: StepNotes,
  slot: Slot,
  input: SlotInput,
  plan: PasswordCheckPlan = { kind: 'true' },
): Promise<ScriptRun> {
  const { project } = session;
  if (WRITES.has(slot) && !session.allowLegacyWrites) {
    throw new Fault(
      'input-invalid',
      `this flow runs the ${slot} script, which writes to the legacy database`,
      {
        where: `database-connections/${project.settings.connection}/${slot}.js`,
        help: 'Point the project at a copy of the database, then allow it (--allow-legacy-writes).',
      },
    );
  }
  const script = project.scripts.get(slot);
  if (script === undefined) throw new Error(`our bug: ${slot} is run without a script`);
  const args = {
    identifier: input.identifier,
    password: input.password?.reveal() ?? '',
    newPassword: input.newPassword?.reveal() ?? '',
    newEmail: input.newEmail ?? '',
    connection: project.settings.connection,
    ...(input.username === undefined ? {} : { username: input.username }),
    ...(input.verified === undefined ? {} : { verified: input.verified }),
  };
  const run = await session.runner.run({
    script,
    args: scriptArgs(slot, args, project.connection.enableScriptContext),
    password: input.password ?? null,
    configuration: session.configuration,
    container: 'warm',
    timeLimitMs: session.timeLimitMs,
    passwordChecks: plan,
    detail: 'full',
  });
  notes.runs.push({ slot, run });
  notes.decisions.push(`${slot} runs: ${endingInWords(run)}`);
  return run;
}

function endingInWords({ ending, value, error, passwordChecks }: ScriptRun): string {
  const answered = passwordChecks.assumed > 0 ? '; the rehearsal answered its password check' : '';
  if (ending === 'called-back') {
    const what = value === null ? 'nothing' : typeof value === 'object' ? 'a profile' : String(value);
    return `it calls back with ${what}${answered}`;
  }
  if (ending === 'called-back-error') return `it calls back with ${error?.name ?? 'an error'}${answered}`;
  return `it ends as "${ending.replaceAll('-', ' ')}"`;
}
