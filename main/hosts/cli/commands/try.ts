import { Argument, type Command, Option } from 'commander';
import { askSecret, firstLineOf } from '#hosts/cli/ask.ts';
import type { CommandRunner } from '#hosts/cli/command-runner.ts';
import { EXIT } from '#hosts/cli/exit-code.ts';
import { examples, wholeNumber } from '#hosts/cli/help.ts';
import { pipelineOption } from '#hosts/cli/pipeline-option.ts';
import type { Session } from '#hosts/cli/session.ts';
import { UsageError } from '#hosts/cli/trouble.ts';

const SLOTS = ['login', 'get_user', 'create', 'verify', 'change_password', 'change_email', 'delete'] as const;
const SCENARIOS = [
  'right-password',
  'wrong-password',
  'unknown',
  'other-case',
  'username',
  'twice',
  'db-down',
  'db-slow',
] as const;
type Slot = (typeof SLOTS)[number];

interface TryOptions {
  readonly key?: string;
  readonly passwordStdin?: boolean;
  readonly newPasswordStdin?: boolean;
  readonly newEmail?: string;
  readonly scenario: (typeof SCENARIOS)[number];
  readonly pipeline?: 'off' | 'actions' | 'actions+rules';
  readonly timeLimit?: number;
}

export function addTryCommand(program: Command, runner: CommandRunner): void {
  program
    .command('try')
    .description('run one script for one user and show everything it did; nothing is stored')
    .addArgument(new Argument('<slot>', 'which script').choices(SLOTS))
    .argument('[identifier]', 'e-mail address or username, as it would be typed')
    .option('--key <key>', 'the user with this key in the legacy store, as reports name it')
    .option('--password-stdin', 'read the password from the first line of the standard input')
    .option('--new-password-stdin', 'change_password: read the new password from the standard input')
    .option('--new-email <address>', 'change_email: the new address')
    .addOption(
      new Option('--scenario <scenario>', 'what happens').choices(SCENARIOS).default('right-password'),
    )
    .addOption(pipelineOption('actions'))
    .option('--time-limit <ms>', 'wall limit of the run (default: 20000)', wholeNumber(100, 600_000))
    .addHelpText(
      'after',
      examples([
        ['userferry try login mary@example.com', 'asks for the password'],
        ['userferry try get_user --key 4711', 'a sample user of a report'],
        ['userferry try login mary@example.com --scenario db-slow', 'with a slow database'],
      ]),
    )
    .action((slot: Slot, identifier: string | undefined, options: TryOptions, command: Command) =>
      runner.run(command, async (session) => {
        const { attemptsText, attemptFailed } = await import('#reporters/terminal/attempt.ts');
        const { pipelineLines } = await import('#reporters/terminal/pipeline.ts');
        const who = whoOf(identifier, options.key);
        const secrets = await secretsOf(session, slot, options);
        const client = await session.client();
        const result = await client.scripts.try({
          project: session.project,
          slot,
          identifier: who,
          scenario: options.scenario,
          pipeline: options.pipeline ?? 'actions',
          ...secrets,
          ...(options.newEmail === undefined ? {} : { newEmail: options.newEmail }),
          ...(options.timeLimit === undefined ? {} : { timeLimitMs: options.timeLimit }),
        });
        const { pipeline } = result;
        const stopped = pipeline != null && pipeline.outcome.status !== 'ok';
        const failed = stopped || result.attempts.some((attempt) => attemptFailed(attempt));
        const after = pipeline == null ? [] : ['', ...pipelineLines(pipeline, session.style, 2), ''];
        return {
          result,
          text: attemptsText(result.attempts, session.style) + after.join('\n'),
          exitCode: failed ? EXIT.findings : EXIT.clean,
        };
      }),
    );
}

/** A user of the legacy store is named `key:…` where an identifier is expected. */
function whoOf(identifier: string | undefined, key: string | undefined): string {
  if (identifier !== undefined && key !== undefined)
    throw new UsageError('give an identifier or --key, not both');
  if (key !== undefined) return `key:${key}`;
  if (identifier !== undefined) return identifier;
  throw new UsageError(
    'whom to try?',
    'Give an e-mail address or username, or --key with a key from a report.',
  );
}

/** Passwords come from a pipe or a hidden question, never from an argument that other processes can read. */
async function secretsOf(
  session: Session,
  slot: Slot,
  options: TryOptions,
): Promise<{ readonly password?: string; readonly newPassword?: string }> {
  const { stdin } = session.surroundings;
  if (options.newPasswordStdin === true) return { newPassword: await firstLineOf(stdin) };
  if (options.passwordStdin === true) return { password: await firstLineOf(stdin) };
  if (slot === 'change_password' && session.mayAsk)
    return { newPassword: await askSecret(session, 'New password') };
  if (slot !== 'login' && slot !== 'create') return {};
  if (session.mayAsk) return { password: await askSecret(session, 'Password') };
  throw new UsageError(`${slot} needs a password`, 'Send it through a pipe and add --password-stdin.');
}
