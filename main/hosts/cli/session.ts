import { resolve } from 'node:path';
import type { Client } from '#hosts/cli/client.ts';
import type { ExitCode } from '#hosts/cli/exit-code.ts';
import { type Surroundings, wantsColour } from '#hosts/cli/surroundings.ts';
import { printable } from '#reporters/escape.ts';
import type { Style } from '#reporters/terminal/style.ts';

/** Options that every command understands. */
export interface GlobalOptions {
  readonly project: string;
  readonly json?: boolean;
  readonly progress?: 'auto' | 'json' | 'none';
  readonly input?: boolean;
  readonly color?: boolean;
  readonly quiet?: boolean;
  readonly debug?: boolean;
}

/** What a command gives back: a JSON-able result, its text for people, and the exit code. */
export interface Answer {
  readonly result: unknown;
  readonly text: string;
  readonly exitCode: ExitCode;
}

/** One run of the program, as its commands see it. */
export interface Session {
  readonly options: GlobalOptions;
  readonly surroundings: Surroundings;
  /** Absolute path of the project folder. */
  readonly project: string;
  readonly style: Style;
  /** Whether a question may be asked: a person is there and did not say no. */
  readonly mayAsk: boolean;
  /** A line for people beside the result: on the error output, silent with --quiet and where NDJSON goes. */
  note(line: string): void;
  client(): Promise<Client>;
  /** Before the process ends in the middle of its work: with --json there is one document even then. */
  leave(): void;
}

export function createSession(
  options: GlobalOptions,
  surroundings: Surroundings,
  client: () => Promise<Client>,
  leave: () => void,
): Session {
  const { stdout, stderr, stdin, env, folder } = surroundings;
  return {
    options,
    surroundings,
    project: resolve(folder, options.project),
    // A terminal that does not know its width says 0.
    style: { width: stdout.columns || 100, colour: wantsColour(stdout, env, options) },
    mayAsk: options.input !== false && options.json !== true && stdin.isTTY === true && stderr.isTTY === true,
    note: (line) => {
      if (options.quiet !== true && options.progress !== 'json') stderr.write(`${printable(line)}\n`);
    },
    client,
    leave,
  };
}
