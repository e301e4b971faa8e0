import { type Command, Option } from 'commander';
import { resolve } from 'node:path';
import type { CommandRunner } from '#hosts/cli/command-runner.ts';
import { EXIT } from '#hosts/cli/exit-code.ts';
import { examples, wholeNumber } from '#hosts/cli/help.ts';

const SOURCES = ['sample', 'postgresql', 'mysql', 'sqlserver', 'oracle', 'sqlite', 'csv'] as const;

interface InitOptions {
  readonly from: (typeof SOURCES)[number];
  readonly name?: string;
  readonly users?: number;
  readonly seed?: number;
}

export function addInitCommand(program: Command, runner: CommandRunner): void {
  program
    .command('init')
    .description('write a new project folder; nothing that exists is overwritten')
    .argument('<folder>', 'the folder to make')
    .addOption(
      new Option('--from <store>', 'what the legacy store is').choices(SOURCES).makeOptionMandatory(),
    )
    .option('--name <name>', 'name of the project; the folder says it otherwise')
    .option(
      '--users <count>',
      'sample only: how many users to make up (default: 20000)',
      wholeNumber(300, 50_000_000),
    )
    .option('--seed <number>', 'sample only: the same number gives the same users', wholeNumber(0))
    .addHelpText(
      'after',
      examples([
        ['userferry init acme --from postgresql', 'a project for a PostgreSQL store'],
        ['userferry init play --from sample --users 5000', 'a whole legacy store with its scripts, made up'],
      ]),
    )
    .action((folder: string, options: InitOptions, command: Command) =>
      runner.run(command, async (session) => {
        const { stepsText } = await import('#reporters/terminal/steps.ts');
        const client = await session.client();
        const target = resolve(session.surroundings.folder, folder);
        const result = await client.projects.init({ ...options, folder: target });
        return { result, text: stepsText(result, session.style), exitCode: EXIT.clean };
      }),
    );
}
