import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { CommandRunner } from '#hosts/cli/command-runner.ts';
import { EXIT } from '#hosts/cli/exit-code.ts';
import { examples } from '#hosts/cli/help.ts';

export function addVerifyCommand(program: Command, runner: CommandRunner): void {
  program
    .command('verify')
    .description('compare an exported folder with its proof; exit code 1 when anything differs')
    .argument('<folder>', 'a folder that "userferry export" wrote')
    .option('--key <file>', 'check the signature with this Ed25519 public key (PEM)')
    .addHelpText(
      'after',
      examples([
        ['userferry verify release', 'needs no project'],
        ['userferry verify release --key pub.pem', 'before a deployment, on a build server'],
      ]),
    )
    .action((folder: string, options: { readonly key?: string }, command: Command) =>
      runner.run(command, async (session) => {
        const { verificationText } = await import('#reporters/terminal/verification.ts');
        const client = await session.client();
        const path = (given: string) => resolve(session.surroundings.folder, given);
        const result = await client.exports.verify({
          folder: path(folder),
          ...(options.key === undefined ? {} : { key: path(options.key) }),
        });
        return {
          result,
          text: verificationText(result, session.style),
          exitCode: result.intact ? EXIT.clean : EXIT.findings,
        };
      }),
    );
}
