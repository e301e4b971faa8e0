import { type Command, Option } from 'commander';
import type { CommandRunner } from '#hosts/cli/command-runner.ts';
import { EXIT } from '#hosts/cli/exit-code.ts';
import { examples, wholeNumber } from '#hosts/cli/help.ts';
import type { AuditOptions } from '#hosts/cli/run-audit.ts';

const ABOUT = `
The export is what the tenant's user export job gives: NDJSON or CSV, packed or not, in one file or several. Export
at least user_id, email, username, identities, app_metadata, created_at, last_login and logins_count, and every
attribute that shall be compared. A profile alone does not show that a user was migrated: logins with import off
leave one too. A marker in app_metadata does (userferry audit marker), or --import-since.

Exit codes: 0 when at most --allow legacy users are anything but migrated, 1 when more are, 2 when it did not work.
`;

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

export function addAuditCommand(program: Command, runner: CommandRunner): void {
  const audit = program
    .command('audit')
    .description('who has migrated: the legacy store against a trial or a user export of the tenant')
    .option('--against <what...>', 'the id of a trial, or the files of a user export')
    .addOption(
      new Option('--format <format>', 'of the export; told by the text otherwise').choices(['ndjson', 'csv']),
    )
    .option(
      '--columns <heading=field>',
      'a field that the export renamed, as Id=user_id; may come again',
      collect,
    )
    .option('--connection <name>', 'the connection in the tenant (default: that of the project)')
    .option(
      '--marker <flag[,time[,by]]>',
      'paths below app_metadata that show a migration; may come again',
      collect,
    )
    .option(
      '--import-since <when>',
      'since when the connection imports users: always, never, unknown or a date',
    )
    .option('--cutover <date>', 'users only in the tenant that are newer signed up there')
    .option('--state <states>', 'list and show only people in these states, separated by commas')
    .option('--domain <domain>', 'list and show only people with addresses there')
    .option('--since <date or list>', 'what is new since a date, or since the list of an earlier audit')
    .option('-l, --list <file>', 'write everybody to this file: .ndjson or .csv')
    .option('-o, --out <file>', 'write the report to this file: .html, .json or .txt')
    .option('--personal-data', 'e-mail addresses in samples and lists')
    .option('--values', 'in lists, what each side has where they differ')
    .option('--allow <count>', 'legacy users that need not be migrated for exit code 0', wholeNumber(0), 0)
    .addHelpText('after', ABOUT)
    .addHelpText(
      'after',
      examples([
        ['userferry audit --against users.json.gz', 'against a user export'],
        ['userferry audit --against 20261124-064012-1a2b', 'against the replica of a trial'],
        ['userferry audit --against users.json.gz --list people.ndjson', 'keep the list for later'],
        ['userferry audit --against new.json.gz --since people.ndjson', 'what moved in between'],
        ['userferry audit --against users.csv --columns "User ID=user_id"', 'renamed columns'],
      ]),
    )
    .action((options: AuditOptions, command: Command) =>
      runner.run(command, async (session) => {
        const { runAudit } = await import('#hosts/cli/run-audit.ts');
        return runAudit(session, options);
      }),
    );
  addMarker(audit, runner);
}

interface MarkerOptions {
  readonly slot?: 'login' | 'get_user';
  readonly write?: boolean;
}

function addMarker(audit: Command, runner: CommandRunner): void {
  audit
    .command('marker')
    .description('let login and get_user mark whom they migrate, in app_metadata')
    .addOption(new Option('--slot <slot>', 'only this script').choices(['login', 'get_user']))
    .option('--write', 'change the files; without it the changes are only shown')
    .addHelpText(
      'after',
      examples([
        ['userferry audit marker', 'see what would change'],
        ['userferry audit marker --write', 'change the scripts'],
      ]),
    )
    .action((options: MarkerOptions, command: Command) =>
      runner.run(command, async (session) => {
        const { markedScriptsText } = await import('#reporters/terminal/audit.ts');
        const client = await session.client();
        const { slot } = options;
        const write = options.write === true;
        const result = await client.audit.mark({
          project: session.project,
          write,
          ...(slot === undefined ? {} : { slots: [slot] }),
        });
        const refused = result.some(({ status }) => status === 'refused');
        const pending = !write && result.some(({ status }) => status === 'changed');
        const text = markedScriptsText(result, session.style);
        return {
          result,
          text:
            pending && !refused
              ? `${text}\nNothing was written. To do it: userferry audit marker --write\n`
              : text,
          exitCode: refused ? EXIT.findings : EXIT.clean,
        };
      }),
    );
}
