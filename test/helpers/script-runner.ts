import { createHash } from 'node:crypto';
import { Secret } from '#domain/secret.ts';
import type { EgressRule, Script, ScriptAttempt, ScriptRun } from '#engine/ports/script-runner.ts';
import type { Resolver } from '#sandbox/broker/resolver.ts';
import { createScriptRunner, type SandboxRunner } from '#sandbox/script-runner.ts';

export interface Sandbox {
  readonly runner: SandboxRunner;
  /** Runs a script's text with `(user, password, callback)` as a login, unless told otherwise. */
  readonly run: (text: string, attempt?: Partial<ScriptAttempt>) => Promise<ScriptRun>;
  close(): Promise<void>;
}

export const USER = 'ada@example.com';
export const PASSWORD = 'correct horse 9';

export function loginScript(text: string): Script {
  return { slot: 'login', text, checksum: createHash('sha256').update(text).digest('hex') };
}

export interface SandboxSettings {
  readonly workers?: number;
  readonly egress?: readonly EgressRule[];
  readonly memoryLimitMb?: number;
  readonly snapshots?: boolean;
  readonly resolver?: Resolver;
}

export async function startSandbox(settings: SandboxSettings = {}): Promise<Sandbox> {
  const { workers = 1, egress = [], ...rest } = settings;
  const runner = await createScriptRunner({ workers, egress, ...rest });
  return {
    runner,
    run: (text, attempt = {}) =>
      runner.run({
        script: loginScript(text),
        args: [USER, PASSWORD],
        password: new Secret(PASSWORD),
        configuration: {},
        container: 'warm',
        timeLimitMs: 5000,
        passwordChecks: { kind: 'true' },
        detail: 'full',
        ...attempt,
      }),
    close: () => runner.close(),
  };
}
