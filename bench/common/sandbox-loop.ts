import { createHash } from 'node:crypto';
import type { Slot } from '#domain/migration/slots.ts';
import { Secret } from '#domain/secret.ts';
import type { EgressRule, Script, ScriptRun } from '#engine/ports/script-runner.ts';
import { maskedRunner } from '#engine/scripts/masked-runner.ts';
import { mapInFlight } from '#engine/trials/in-flight.ts';
import { createScriptRunner } from '#sandbox/script-runner.ts';

export interface SandboxLoop {
  /** Calls the script for all of them, with as many under way as a trial has. */
  run(users: readonly (readonly string[])[]): Promise<readonly ScriptRun[]>;
  readonly concurrency: number;
  close(): Promise<void>;
}

/** The sandbox as a trial has it: the same runner, the same number of runs at once, true password checks. */
export async function startSandboxLoop(
  workers: number,
  slot: Slot,
  text: string,
  configuration: Readonly<Record<string, string>>,
  egress: readonly EgressRule[],
): Promise<SandboxLoop> {
  const runner = maskedRunner(await createScriptRunner({ workers, egress }));
  const script: Script = { slot, text, checksum: createHash('sha256').update(text).digest('hex') };
  return {
    concurrency: runner.concurrency,
    run: (users) =>
      mapInFlight(users, runner.concurrency, (args) =>
        runner.run({
          script,
          args: [...args],
          password: args[1] === undefined ? null : new Secret(args[1]),
          configuration,
          container: 'warm',
          timeLimitMs: 20_000,
          passwordChecks: { kind: 'true' },
          detail: 'counts',
        }),
      ),
    close: () => runner.close(),
  };
}

/** The same digest as the plain loop makes of its results. */
export function digestOf(runs: readonly ScriptRun[]): string {
  const hash = createHash('sha256');
  for (const { ending, value, error } of runs) {
    hash.update(ending === 'called-back' ? JSON.stringify(value) : (error?.name ?? ending)).update('\n');
  }
  return hash.digest('hex');
}
