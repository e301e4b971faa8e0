import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { CommandRunner } from '#hosts/cli/command-runner.ts';
import { examples, wholeNumber } from '#hosts/cli/help.ts';
import { pipelineOption } from '#hosts/cli/pipeline-option.ts';
import { rejectedKeys } from '#hosts/cli/rejected-keys.ts';
import type { RunOptions, TrialRequest } from '#hosts/cli/run-trial.ts';
import type { Session } from '#hosts/cli/session.ts';

interface TrialOptions extends RunOptions {
  readonly limit?: number;
  readonly where?: string;
  readonly only?: string;
  readonly depth?: TrialRequest['depth'];
  readonly order?: TrialRequest['order'];
  readonly lazyDays?: number;
  readonly container?: TrialRequest['container'];
  readonly timeLimit?: number;
  readonly upsert?: boolean;
  readonly pipeline?: TrialRequest['pipeline'];
  readonly workers?: number;
  readonly retryFor?: number;
}

const KINDS = {
  lazy: 'every user logs in for the first time: the scripts run, the profile is checked and stored',
  bulk: 'every user goes through the import: mapping, hash, schema, duplicates, files of at most 500 KB',
  mixed: 'both, in a given order, on one user store',
} as const;

export function addTrialCommand(program: Command, runner: CommandRunner): void {
  const trial = program
    .command('trial')
    .description('rehearse the migration of every user and report what would happen')
    .addHelpText(
      'after',
      examples([
        ['userferry trial lazy --depth profiles', 'get_user for everybody'],
        ['userferry trial bulk --allow 50', 'fine with at most 50 failed users'],
        ['userferry trial mixed --lazy-days 60', 'recent users by login, the rest by import'],
        ['userferry trial resume 20261124-064012-1a2b', 'go on where a trial stopped'],
      ]),
    );
  for (const kind of ['lazy', 'bulk', 'mixed'] as const) addKind(trial, kind, runner);
  runOptions(trial.command('resume'))
    .description('go on with a trial after the last users that were kept')
    .argument('<trial>', 'id of the trial')
    .addHelpText(
      'after',
      examples([['userferry trial resume 20261124-064012-1a2b', 'as the stopped trial says']]),
    )
    .action((id: string, options: RunOptions, command: Command) =>
      runner.run(command, async (session) => {
        const { resumeTrial } = await import('#hosts/cli/run-trial.ts');
        return resumeTrial(session, id, options);
      }),
    );
}

function addKind(trial: Command, kind: keyof typeof KINDS, runner: CommandRunner): void {
  const command = trial.command(kind).description(KINDS[kind]);
  if (kind !== 'bulk') lazyOptions(command);
  if (kind !== 'lazy') command.option('--upsert', 'update users that exist already instead of refusing them');
  if (kind === 'mixed') {
    command
      .addOption(
        new Option('--order <order>', 'which phase comes first').choices(['lazy-first', 'bulk-first']),
      )
      .option(
        '--lazy-days <days>',
        'users seen in this many days take part in the lazy phase (default: 90)',
        wholeNumber(1),
      );
  }
  command
    .option('--limit <count>', 'only the first users in the order of the key', wholeNumber(1))
    .option('--where <condition>', 'only users that this SQL condition fits')
    .option('--only <file>', 'only the users of a rejects file (rejects.ndjson)')
    .option('--workers <count>', 'processes that run scripts', wholeNumber(1, 64))
    .option(
      '--retry-for <seconds>',
      'how long to wait for an unreachable legacy store (default: 300)',
      wholeNumber(0),
    );
  runOptions(command)
    .addHelpText('after', examples(EXAMPLES[kind]))
    .action((options: TrialOptions, self: Command) =>
      runner.run(self, async (session) => {
        const { runTrial } = await import('#hosts/cli/run-trial.ts');
        return runTrial(session, await requestOf(session, kind, options), options);
      }),
    );
}

const EXAMPLES = {
  lazy: [
    ['userferry trial lazy --depth profiles --limit 1000', 'a quick first look'],
    ['userferry trial lazy --depth proven', 'real password checks with the known credentials'],
    ['userferry trial lazy --only trials/ID/rejects.ndjson', 'only those that failed before'],
  ],
  bulk: [
    ['userferry trial bulk', 'everybody, new users only'],
    ['userferry trial bulk --upsert', 'over users that exist already'],
  ],
  mixed: [
    ['userferry trial mixed --order bulk-first', 'import everybody, then let them log in'],
    ['userferry trial mixed --lazy-days 30', 'a short lazy phase, then the import'],
  ],
} as const;

function lazyOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--depth <depth>', 'how much of each user is checked (default: assumed)').choices([
        'profiles',
        'formats',
        'assumed',
        'proven',
      ]),
    )
    .addOption(
      new Option('--container <kind>', 'keep script containers warm or make one per run').choices([
        'warm',
        'fresh',
      ]),
    )
    .addOption(pipelineOption('off'))
    .option('--time-limit <ms>', 'wall limit of one script run (default: 20000)', wholeNumber(100, 600_000));
}

function runOptions(command: Command): Command {
  return command
    .option('--allow <count>', 'failed users that are no reason for exit code 1', wholeNumber(0), 0)
    .option('--ask-above <minutes>', 'ask before a trial that takes longer than this', wholeNumber(0), 10)
    .option('-y, --yes', 'start without asking')
    .option('--personal-data', 'name sample users in the report');
}

async function requestOf(
  session: Session,
  kind: keyof typeof KINDS,
  options: TrialOptions,
): Promise<TrialRequest> {
  const only =
    options.only === undefined
      ? null
      : rejectedKeys(
          await readFile(resolve(session.surroundings.folder, options.only), 'utf8'),
          options.only,
        );
  const filter = defined({ limit: options.limit, where: options.where, only: only ?? undefined });
  return {
    project: session.project,
    kind,
    ...defined({
      depth: options.depth,
      order: options.order,
      lazyDays: options.lazyDays,
      container: options.container,
      timeLimitMs: options.timeLimit,
      upsert: options.upsert,
      pipeline: options.pipeline,
      workers: options.workers,
      retryForSeconds: options.retryFor,
    }),
    filter,
  };
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the properties that were not given, so that defaults hold. */
function defined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Defined<T>;
}
