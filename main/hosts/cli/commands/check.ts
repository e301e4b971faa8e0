import type { Command } from 'commander';
import type { CommandRunner } from '#hosts/cli/command-runner.ts';
import { EXIT } from '#hosts/cli/exit-code.ts';
import { examples, wholeNumber } from '#hosts/cli/help.ts';

export function addCheckCommand(program: Command, runner: CommandRunner): void {
  program
    .command('check')
    .description('check settings, secrets, connection, query, mapping and scripts; changes nothing')
    .option('--allow <count>', 'errors that are no reason for exit code 1', wholeNumber(0), 0)
    .addHelpText(
      'after',
      examples([
        ['userferry check', 'the project in this folder'],
        ['userferry check -p acme --json', 'for a build server'],
      ]),
    )
    .action((options: { readonly allow: number }, command: Command) =>
      runner.run(command, async (session) => {
        const { diagnosticsText } = await import('#reporters/terminal/diagnostics.ts');
        const client = await session.client();
        const result = await client.projects.check({ project: session.project });
        const errors = result.diagnostics.filter((one) => one.severity === 'error').length;
        session.note('"userferry lint" looks deeper into the scripts.');
        return {
          result,
          text: diagnosticsText(result.name, result.diagnostics, session.style),
          exitCode: errors > options.allow ? EXIT.findings : EXIT.clean,
        };
      }),
    );
}
