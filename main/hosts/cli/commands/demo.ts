import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { CommandRunner } from '#hosts/cli/command-runner.ts';
import { examples, wholeNumber } from '#hosts/cli/help.ts';

interface DemoOptions {
  readonly users: number;
  readonly seed: number;
}

export function addDemoCommand(program: Command, runner: CommandRunner): void {
  program
    .command('demo')
    .description('make up a legacy store with its scripts and rehearse its migration')
    .argument('[folder]', 'where to put the sample; used again when it is there', 'userferry-sample')
    .option('--users <count>', 'how many users to make up', wholeNumber(300, 50_000_000), 20_000)
    .option('--seed <number>', 'the same number gives the same users', wholeNumber(0), 1)
    .addHelpText(
      'after',
      examples([
        ['userferry demo', '20,000 users in ./userferry-sample'],
        ['userferry demo /tmp/big --users 100000', 'how fast is it here?'],
      ]),
    )
    .action((folder: string, options: DemoOptions, command: Command) =>
      runner.run(command, async (session) => {
        const { runDemo } = await import('#hosts/cli/run-demo.ts');
        const target = resolve(session.surroundings.folder, folder);
        const exists = existsSync(join(target, 'userferry.json'));
        return runDemo(session, target, { users: options.users, seed: options.seed, exists });
      }),
    );
}
