import { type Command, Option } from 'commander';
import type { CommandRunner } from '#hosts/cli/command-runner.ts';
import { examples, wholeNumber } from '#hosts/cli/help.ts';
import type { InspectOptions } from '#hosts/cli/run-inspect.ts';

const SERVERS = ['postgresql', 'mysql', 'sqlserver', 'oracle', 'sqlite'] as const;

export function addLegacyCommand(program: Command, runner: CommandRunner): void {
  const legacy = program
    .command('legacy')
    .description('look into the legacy database')
    .addHelpText(
      'after',
      examples([['userferry legacy inspect --write', 'propose the mapping and put it into userferry.json']]),
    );
  addInspect(legacy, runner);
}

function addInspect(legacy: Command, runner: CommandRunner): void {
  legacy
    .command('inspect')
    .description('list tables, propose users table, key and field mapping, and show some users masked')
    .option('--table <name>', 'the users table, where you know it')
    .option('--write', 'put the proposal into userferry.json; settings changed by hand stay')
    .option('--force', 'with --write: replace settings changed by hand too')
    .option('-y, --yes', 'with --write: do not ask')
    .addOption(
      new Option('--from <store>', 'look into a database before there is a project').choices(SERVERS),
    )
    .option('--host <host>', '--from: the server (default: localhost)')
    .option('--port <port>', '--from: its port', wholeNumber(1, 65_535))
    .option('--database <name>', '--from: the database')
    .option('--user <name>', '--from: a user that may read')
    .option('--file <file>', '--from sqlite: the database file')
    .option('--password-stdin', '--from: read the password from the first line of the standard input')
    .addOption(new Option('--tls <mode>', '--from: TLS').choices(['off', 'on', 'verify']).default('off'))
    .addHelpText(
      'after',
      examples([
        ['userferry legacy inspect', 'what the project in this folder connects to'],
        ['userferry legacy inspect --write', 'shows the changes, then asks'],
        ['userferry legacy inspect --table auth_user --write --yes', 'a table that you name'],
        ['userferry legacy inspect --from mysql --database shop --user ro', 'without a project'],
      ]),
    )
    .action((options: InspectOptions, command: Command) =>
      runner.run(command, async (session) => {
        const { runInspect } = await import('#hosts/cli/run-inspect.ts');
        return runInspect(session, options);
      }),
    );
}
