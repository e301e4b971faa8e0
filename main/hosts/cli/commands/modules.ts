import type { Command } from 'commander';
import type { CommandRunner } from '#hosts/cli/command-runner.ts';
import { EXIT } from '#hosts/cli/exit-code.ts';
import { examples } from '#hosts/cli/help.ts';

export function addModulesCommand(program: Command, runner: CommandRunner): void {
  program
    .command('modules')
    .description('the modules that a script can require, with their versions')
    .argument('[text]', 'only modules whose name contains this')
    .addHelpText(
      'after',
      examples([['userferry modules mysql', 'which versions of the MySQL drivers there are']]),
    )
    .action((text: string | undefined, _options: unknown, command: Command) =>
      runner.run(command, async (session) => {
        const { modulesText } = await import('#reporters/terminal/catalog.ts');
        const client = await session.client();
        const all = await client.reference.modules({});
        const result = text === undefined ? all : all.filter((one) => one.name.includes(text));
        return { result, text: modulesText(result, session.style), exitCode: EXIT.clean };
      }),
    );
}
