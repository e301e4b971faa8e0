import { type Command, Option } from 'commander';
import type { CommandRunner } from '#hosts/cli/command-runner.ts';
import { examples, wholeNumber } from '#hosts/cli/help.ts';
import type { PlanOptions } from '#hosts/cli/run-plan.ts';

const FORMATS = ['text', 'html', 'markdown', 'json'] as const;
const TIERS = [
  'free',
  'essentials',
  'enterprise',
  'enterprise-test',
  'private-dev',
  'private-1x',
  'private-5x',
  'private-15x',
] as const;

const ABOUT = `
The plan rests on the newest finished trial of each kind: run a bulk, a lazy and both mixed trials first. Without them
it works from the rows alone and says so. An access log is a CSV with a heading or NDJSON, packed or not, lines in any
order, with a user (id, e-mail address or username) and a time; it tells who comes how often, and is tested on its own
past. Every figure says where it comes from.

Exit codes: 0 when at most --allow users are left behind whatever happens and a forecast could be made, 1 otherwise
or with an error among the findings, 2 when it did not work.
`;

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

export function addPlanCommand(program: Command, runner: CommandRunner): void {
  program
    .command('plan')
    .description('from findings to a decision: import, lazy coverage, order, resets and dates')
    .option(
      '--days <count>',
      'length of the lazy phase (default: 90, or what --cutover leaves)',
      wholeNumber(1, 3650),
    )
    .option('--start <date>', 'first day of the lazy phase (default: today)')
    .option('--cutover <date>', 'day on which the scripts become no-ops')
    .addOption(new Option('--tier <tier>', 'kind of tenant').choices(TIERS))
    .option('-t, --trial <id>', 'rest on this trial; may come again (default: the newest ones)', collect)
    .option('--access-log <file...>', 'logins of the past: CSV or NDJSON, packed or not')
    .addOption(
      new Option('--log-format <format>', 'of the log; told by the text otherwise').choices([
        'csv',
        'ndjson',
      ]),
    )
    .option('--log-user <column>', 'column or dotted key with the user')
    .option('--log-time <column>', 'column or dotted key with the time')
    .option('--log-only <column=value>', 'only these lines, as event=login; may come again', collect)
    .option('--leftovers <file>', 'write who needs a reset or is left behind to this CSV')
    .addOption(
      new Option('-f, --format <format>', 'text, html, markdown or json').choices(FORMATS).default('text'),
    )
    .option('-o, --out <file>', 'write the plan to this file instead of the standard output')
    .option('--personal-data', 'real e-mail addresses in the leftovers; masked otherwise')
    .option('--allow <count>', 'users that may be left behind for exit code 0', wholeNumber(0), 0)
    .addHelpText('after', ABOUT)
    .addHelpText(
      'after',
      examples([
        ['userferry plan', 'from the legacy store and the newest trials'],
        [
          'userferry plan --access-log access-log.csv.gz --log-only event=login',
          'with a forecast that is tested',
        ],
        ['userferry plan --cutover 2027-03-01 --tier enterprise', 'for a date'],
        ['userferry plan --leftovers leftovers.csv --personal-data', 'whom to write to'],
        ['userferry plan -f html -o plan.html', 'one page to pass on'],
      ]),
    )
    .action((options: PlanOptions, command: Command) =>
      runner.run(command, async (session) => {
        const { runPlan } = await import('#hosts/cli/run-plan.ts');
        return runPlan(session, options);
      }),
    );
}
