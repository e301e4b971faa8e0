import type { Command } from 'commander';
import type { CommandRunner } from '#hosts/cli/command-runner.ts';
import { EXIT } from '#hosts/cli/exit-code.ts';
import { examples, wholeNumber } from '#hosts/cli/help.ts';

interface TraceOptions {
  readonly trial?: string;
  readonly runScripts?: boolean;
  readonly personalData?: boolean;
  readonly timeLimit?: number;
}

export function addTraceCommand(program: Command, runner: CommandRunner): void {
  program
    .command('trace')
    .description('one person from the legacy row through a trial to the next login')
    .argument('<who>', 'e-mail address, username, legacy id, or key: with the legacy key')
    .option('--trial <id>', 'which trial (default: the newest)')
    .option('--run-scripts', 'run get_user and login once more, with everything recorded and nothing kept')
    .option(
      '--time-limit <ms>',
      'with --run-scripts: limit of one run, milliseconds',
      wholeNumber(100, 600_000),
    )
    .option('--personal-data', 'show names, addresses and values instead of masking them')
    .addHelpText(
      'after',
      examples([
        ['userferry trace anna@example.com', 'what became of her, and why'],
        [
          'userferry trace key:4711 --run-scripts',
          'as reports name users; with the statements of the scripts',
        ],
      ]),
    )
    .action((who: string, options: TraceOptions, command: Command) =>
      runner.run(command, async (session) => {
        const { traceText } = await import('#reporters/terminal/trace.ts');
        const client = await session.client();
        const result = await client.traces.show({
          project: session.project,
          who,
          runScripts: options.runScripts === true,
          personalData: options.personalData === true,
          ...(options.trial === undefined ? {} : { trial: options.trial }),
          ...(options.timeLimit === undefined ? {} : { timeLimitMs: options.timeLimit }),
        });
        const told = result.key !== null;
        return {
          result,
          text: traceText(result, who, session.style),
          exitCode: told ? EXIT.clean : EXIT.findings,
        };
      }),
    );
}
