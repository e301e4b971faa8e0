import { type Command, InvalidArgumentError, Option } from 'commander';
import { confirm } from '#hosts/cli/ask.ts';
import type { CommandRunner } from '#hosts/cli/command-runner.ts';
import { EXIT } from '#hosts/cli/exit-code.ts';
import { CHANGES, type CompareOptions } from '#hosts/cli/compare-options.ts';
import { examples, wholeNumber } from '#hosts/cli/help.ts';

export function addTrialsCommand(program: Command, runner: CommandRunner): void {
  const trials = program
    .command('trials')
    .description('list, show, compare and delete recorded trials')
    .addHelpText(
      'after',
      examples([
        ['userferry trials list', 'newest first'],
        ['userferry trials compare ID1 ID2', 'what got better, what got worse'],
      ]),
    );
  addList(trials, runner);
  addShow(trials, runner);
  addCompare(trials, runner);
  addDelete(trials, runner);
}

function addList(trials: Command, runner: CommandRunner): void {
  trials
    .command('list')
    .description('all trials of the project, newest first')
    .addHelpText('after', examples([['userferry trials list --json', 'for other programs']]))
    .action((_options: unknown, command: Command) =>
      runner.run(command, async (session) => {
        const { trialsText } = await import('#reporters/terminal/trials.ts');
        const client = await session.client();
        const result = await client.trials.list({ project: session.project });
        return { result, text: trialsText(result, session.style), exitCode: EXIT.clean };
      }),
    );
}

function addShow(trials: Command, runner: CommandRunner): void {
  trials
    .command('show')
    .description('how one trial was made and how far it got')
    .argument('<trial>', 'id of the trial')
    .addHelpText(
      'after',
      examples([['userferry trials show 20261124-064012-1a2b', 'inputs, options, counts']]),
    )
    .action((trial: string, _options: unknown, command: Command) =>
      runner.run(command, async (session) => {
        const { trialText } = await import('#reporters/terminal/trials.ts');
        const client = await session.client();
        const result = await client.trials.show({ project: session.project, trial });
        return { result, text: trialText(result, session.style), exitCode: EXIT.clean };
      }),
    );
}

function addCompare(trials: Command, runner: CommandRunner): void {
  trials
    .command('compare')
    .description('user by user: what the second trial mended and what it broke')
    .argument('<first>', 'id of the earlier trial')
    .argument('<second>', 'id of the later trial')
    .addOption(
      new Option('--phase <phase>', 'which phase to compare').choices(['lazy', 'bulk']).default('lazy'),
    )
    .option(
      '--users [which]',
      `list users instead: ${CHANGES.join(', ')}; or alone, with --from and --to`,
      oneOfChanges,
    )
    .option('--from <cause>', 'with --users: the cause in the first trial, "ok" or "any"')
    .option('--to <cause>', 'with --users: the cause in the second trial, "ok" or "any"')
    .option(
      '--after <position>',
      'with --users: users after this position, for the next page',
      wholeNumber(0),
    )
    .option('-n, --limit <count>', 'with --users: users per page', wholeNumber(1, 1000), 100)
    .addOption(new Option('-f, --format <format>', 'text or csv').choices(['text', 'csv']).default('text'))
    .addHelpText(
      'after',
      examples([
        ['userferry trials compare ID1 ID2 --phase bulk', 'exit code 1 when a user got worse'],
        ['userferry trials compare ID1 ID2 --users broken', 'who they are'],
        [
          'userferry trials compare ID1 ID2 --users --from script.threw --to ok -f csv',
          'a sheet of those mended',
        ],
      ]),
    )
    .action((a: string, b: string, options: CompareOptions, command: Command) =>
      runner.run(command, async (session) => {
        const { compareTrials } = await import('#hosts/cli/run-compare.ts');
        return compareTrials(session, a, b, options);
      }),
    );
}

function oneOfChanges(text: string): (typeof CHANGES)[number] {
  const change = CHANGES.find((one) => one === text);
  if (change !== undefined) return change;
  throw new InvalidArgumentError(`It takes one of ${CHANGES.join(', ')}, or nothing.`);
}

function addDelete(trials: Command, runner: CommandRunner): void {
  trials
    .command('delete')
    .description('delete a trial with its replica and reports')
    .argument('<trial>', 'id of the trial')
    .option('-y, --yes', 'delete without asking')
    .addHelpText(
      'after',
      examples([['userferry trials delete 20261124-064012-1a2b --yes', 'without a question']]),
    )
    .action((trial: string, options: { readonly yes?: boolean }, command: Command) =>
      runner.run(command, async (session) => {
        const { UsageError } = await import('#hosts/cli/trouble.ts');
        const client = await session.client();
        const listed = await client.trials.list({ project: session.project });
        // Damaged ones too; for one that is not there, this says so before anybody is asked.
        const damaged = listed.some((one) => one.kind === 'damaged' && one.id === trial);
        if (!damaged) await client.trials.show({ project: session.project, trial });
        if (options.yes !== true) {
          if (!session.mayAsk) {
            throw new UsageError(
              'nothing was deleted, because nobody could be asked',
              `Run: userferry trials delete ${trial} --yes`,
            );
          }
          if (!(await confirm(session, `Delete trial ${trial} with its results?`))) {
            return { result: { removed: false }, text: 'Nothing was deleted.\n', exitCode: EXIT.clean };
          }
        }
        const result = await client.trials.remove({ project: session.project, trial });
        return { result, text: `Deleted trial ${trial}.\n`, exitCode: EXIT.clean };
      }),
    );
}
