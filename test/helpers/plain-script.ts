import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface PlainScriptCall {
  readonly text: string;
  readonly args: readonly string[];
  readonly configuration: Readonly<Record<string, string>>;
  readonly stallMs: number;
}

export type PlainScriptEnding =
  | { readonly ending: 'called-back'; readonly value: Record<string, unknown> | null }
  | { readonly ending: 'called-back-error' | 'threw' | 'rejected'; readonly error: string }
  | { readonly ending: 'never-called-back' };

export interface PlainScripts {
  /** Runs one call; calls must not overlap. */
  run(text: string, args: readonly string[]): Promise<PlainScriptEnding>;
  close(): Promise<void>;
}

/**
 * Runs database action scripts in plain Node, in a process of their own: what the scripts do there is what the
 * sandbox has to reproduce. `stallMs` is how long a callback may take.
 */
export function startPlainScripts(
  configuration: Readonly<Record<string, string>>,
  stallMs = 4000,
): PlainScripts {
  const child = fork(join(import.meta.dirname, 'plain-script-host.ts'), { serialization: 'advanced' });
  return {
    run: async (text, args) => {
      const answered = once(child, 'message');
      child.send({ text, args, configuration, stallMs } satisfies PlainScriptCall);
      return ((await answered) as [PlainScriptEnding])[0];
    },
    close: async () => {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}
