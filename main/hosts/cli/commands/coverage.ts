import { type Command, Option } from 'commander';
import type { CommandRunner } from '#hosts/cli/command-runner.ts';
import { examples, wholeNumber } from '#hosts/cli/help.ts';
import type { CoverageOptions } from '#hosts/cli/run-coverage.ts';

export function addCoverageCommand(program: Command, runner: CommandRunner): void {
  program
    .command('coverage')
    .description('users of a trial by any attribute, and what each script did for them')
    .argument('[trial]', 'id of the trial; the newest one otherwise')
    .option(
      '-b, --by <attribute>',
      'attribute, metadata member or column of the users query (default: hashFormat)',
    )
    .option('--scripts', 'say for every value what the scripts did')
    .option('--users', 'list the users behind a number instead; needs --phase where there are two')
    .option('--value <value>', 'users with this value of --by')
    .addOption(
      new Option('--status <status>', 'users that went this way').choices(['ok', 'failed', 'skipped']),
    )
    .option('--ended <script/scenario=outcome>', 'users for whom a script ended like this')
    .addOption(new Option('--phase <phase>', 'which phase to list users of').choices(['lazy', 'bulk']))
    .option('--after <position>', 'users after this position, for the next page', wholeNumber(0))
    .option('-n, --limit <count>', 'values per phase, or users per page', wholeNumber(1, 1000), 50)
    .addOption(new Option('-f, --format <format>', 'text or csv').choices(['text', 'csv']).default('text'))
    .option('--personal-data', 'name values that fewer than five users have')
    .addHelpText(
      'after',
      examples([
        ['userferry coverage', 'password hashes, and what login and get_user did'],
        ['userferry coverage --by plan --scripts', 'by a metadata column'],
        ['userferry coverage --by emailDomain --value acme.example --users', 'who they are'],
        ['userferry coverage --users --ended login/right-password=refused', 'whom login turns away'],
      ]),
    )
    .action((trial: string | undefined, options: CoverageOptions, command: Command) =>
      runner.run(command, async (session) => {
        const { runCoverage } = await import('#hosts/cli/run-coverage.ts');
        return runCoverage(session, trial, options);
      }),
    );
}
