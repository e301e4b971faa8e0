import type { Command } from 'commander';
import type { CommandRunner } from '#hosts/cli/command-runner.ts';
import { EXIT } from '#hosts/cli/exit-code.ts';
import { examples } from '#hosts/cli/help.ts';
import { didYouMean } from '#hosts/cli/did-you-mean.ts';
import { UsageError } from '#hosts/cli/trouble.ts';

export function addExplainCommand(program: Command, runner: CommandRunner): void {
  program
    .command('explain')
    .description('what a finding means and what to do about it')
    .argument('[code]', 'code of the finding, as reports print it')
    .option('--list', 'all codes, or those that contain the given text')
    .addHelpText(
      'after',
      examples([
        ['userferry explain password.empty', 'one finding at length'],
        ['userferry explain --list', 'everything that can be found'],
      ]),
    )
    .action((code: string | undefined, options: { readonly list?: boolean }, command: Command) =>
      runner.run(command, async (session) => {
        const { codesText, entryText } = await import('#reporters/terminal/catalog.ts');
        const client = await session.client();
        if (code === undefined && options.list !== true) {
          throw new UsageError('which code?', 'Give a code, or --list to see all of them.');
        }
        if (options.list === true) {
          const all = await client.reference.codes({});
          const result = code === undefined ? all : all.filter((one) => one.code.includes(code));
          return { result, text: codesText(result, session.style), exitCode: EXIT.clean };
        }
        const result = await client.reference.explain({ code: code ?? '' });
        if (result !== null) return { result, text: entryText(result, session.style), exitCode: EXIT.clean };
        const known = (await client.reference.codes({})).map((one) => one.code);
        const near = didYouMean(code ?? '', known);
        throw new UsageError(
          `there is no finding with the code ${code}`,
          near === null ? 'Add --list to see all codes.' : `Did you mean ${near}?`,
        );
      }),
    );
}
