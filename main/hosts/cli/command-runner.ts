import { type Command, CommanderError } from 'commander';
import type { OpenClient } from '#hosts/cli/client.ts';
import { EXIT, type ExitCode } from '#hosts/cli/exit-code.ts';
import { type Answer, createSession, type GlobalOptions, type Session } from '#hosts/cli/session.ts';
import { type Surroundings, wantsColour } from '#hosts/cli/surroundings.ts';
import { jsonText, printable } from '#reporters/escape.ts';

/** Version of the document that --json writes. */
export const JSON_VERSION = 1;

/** Work of one command: everything heavy is imported inside it. */
export type CommandWork = (session: Session) => Promise<Answer>;

/** Runs the work of commands and remembers how the program ends. */
export interface CommandRunner {
  exitCode: ExitCode;
  run(command: Command, work: CommandWork): Promise<void>;
}

export function createCommandRunner(surroundings: Surroundings): CommandRunner {
  const runner: CommandRunner = {
    exitCode: EXIT.clean,
    async run(command, work) {
      runner.exitCode = await runOne(surroundings, command, work);
    },
  };
  return runner;
}

async function runOne(surroundings: Surroundings, command: Command, work: CommandWork): Promise<ExitCode> {
  const options = command.optsWithGlobals<GlobalOptions>();
  const name = nameOf(command);
  const bugs: unknown[] = [];
  let open: Promise<OpenClient> | null = null;
  const client = async () => {
    const { openClient } = await import('#hosts/cli/client.ts');
    open ??= openClient((_reference, cause) => bugs.push(cause));
    return (await open).client;
  };
  const leave = () => {
    if (options.json !== true) return;
    const error = { kind: 'cancelled', message: 'stopped by a second Ctrl-C; what was committed is kept' };
    writeJson(surroundings, { version: JSON_VERSION, command: name, exitCode: EXIT.interrupted, error });
  };
  const session = createSession(options, surroundings, client, leave);
  try {
    const answer = await work(session);
    const { exitCode, result } = answer;
    if (options.json === true)
      writeJson(surroundings, { version: JSON_VERSION, command: name, exitCode, result });
    else surroundings.stdout.write(printable(answer.text));
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) throw error;
    return await reportTrouble(surroundings, options, name, error, bugs);
  } finally {
    await letGo(open);
  }
}

async function reportTrouble(
  surroundings: Surroundings,
  options: GlobalOptions,
  name: string,
  error: unknown,
  bugs: readonly unknown[],
): Promise<ExitCode> {
  const { exitCodeOfTrouble, troubleOf, troubleText } = await import('#hosts/cli/trouble.ts');
  const trouble = troubleOf(error);
  const exitCode = exitCodeOfTrouble(trouble);
  const { stderr, env } = surroundings;
  const style = { width: stderr.columns || 100, colour: wantsColour(stderr, env, options) };
  if (options.json === true) {
    writeJson(surroundings, { version: JSON_VERSION, command: name, exitCode, error: trouble });
  } else {
    stderr.write(troubleText(trouble, style));
  }
  if (options.debug === true) {
    for (const cause of bugs.length > 0 ? bugs : [error]) {
      const text = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
      stderr.write(`${printable(text)}\n`);
    }
  }
  return exitCode;
}

/** An engine that cannot let go must not hide what the command found out. */
async function letGo(open: Promise<OpenClient> | null): Promise<void> {
  if (open === null) return;
  try {
    await (await open).close();
  } catch {
    // Whatever broke it was already told to the command.
  }
}

function writeJson(surroundings: Surroundings, document: unknown): void {
  surroundings.stdout.write(`${jsonText(document, 2)}\n`);
}

/** "trial lazy" for the command below the program. */
function nameOf(command: Command): string {
  const names: string[] = [];
  for (let one: Command | null = command; one !== null && one.parent !== null; one = one.parent) {
    names.unshift(one.name());
  }
  return names.join(' ');
}
