import type { Command } from 'commander';
import type { CommandRunner } from '#hosts/cli/command-runner.ts';
import { EXIT } from '#hosts/cli/exit-code.ts';
import { examples } from '#hosts/cli/help.ts';

export function addVersionCommand(program: Command, runner: CommandRunner): void {
  program
    .command('version')
    .description('versions of Userferry, of Node, and of the runtime that scripts see')
    .addHelpText('after', examples([['userferry version --json', 'for a bug report']]))
    .action((_options: unknown, command: Command) =>
      runner.run(command, async (session) => {
        const client = await session.client();
        const result = await client.reference.versions({});
        const { nodeName } = await import('#reporters/wording.ts');
        const text = `userferry ${result.userferry}\n${nodeName(result.node)}\nscripts run on ${nodeName(result.scriptRuntime)}\ncontract ${result.contract}\n`;
        return { result, text, exitCode: EXIT.clean };
      }),
    );
}
