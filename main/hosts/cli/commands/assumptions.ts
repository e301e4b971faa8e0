import type { Command } from 'commander';
import type { CommandRunner } from '#hosts/cli/command-runner.ts';
import { EXIT } from '#hosts/cli/exit-code.ts';
import { examples } from '#hosts/cli/help.ts';

export function addAssumptionsCommand(program: Command, runner: CommandRunner): void {
  program
    .command('assumptions')
    .description('what the rehearsal takes for granted, and the values that can be set in userferry.json')
    .addHelpText('after', examples([['userferry assumptions --json', 'for other programs']]))
    .action((_options: unknown, command: Command) =>
      runner.run(command, async (session) => {
        const { assumptionsText } = await import('#reporters/terminal/catalog.ts');
        const client = await session.client();
        const result = await client.reference.assumptions({});
        return { result, text: assumptionsText(result, session.style), exitCode: EXIT.clean };
      }),
    );
}
