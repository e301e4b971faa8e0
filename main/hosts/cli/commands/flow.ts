import { Argument, type Command, Option } from 'commander';
import type { CommandRunner } from '#hosts/cli/command-runner.ts';
import { examples, wholeNumber } from '#hosts/cli/help.ts';
import { pipelineOption } from '#hosts/cli/pipeline-option.ts';
import type { FlowOptions } from '#hosts/cli/run-flow.ts';

/** As the contract names them; kept here too, so that help answers without loading it. */
export const FLOW_WORDS = [
  'login',
  'login-wrong-password',
  'sign-up',
  'request-reset',
  'reset',
  'change-password',
  'verify-email',
  'change-email',
  'delete',
  'bulk-import',
  'reset-before-first-login',
  'delete-and-return',
  'interrupted-creation',
  'import-switched-on-late',
  'import-switched-off-again',
  'bulk-then-lazy',
  'lazy-then-bulk',
  'shadow-then-bulk',
  'legacy-password-changed',
  'brute-force',
  'sign-up-of-a-legacy-user',
] as const;

const NOTES = `
Without a password the project's test accounts are asked; if they do not know the person, the rehearsal answers
password checks itself and says so. Nothing is written to the trial without --keep.
Exit code 1 when the last step does not succeed.
`;

export function addFlowCommand(program: Command, runner: CommandRunner): void {
  program
    .command('flow')
    .description('take one person through a tenant flow, or a story of several, with your scripts')
    .addArgument(new Argument('[name]', 'flow or story; see --list').choices(FLOW_WORDS))
    .option('--list', 'what there is, and what it shows')
    .option('--identifier <who>', 'e-mail address or username, as it would be typed')
    .option('--trial <id>', 'start from the user store of this trial instead of an empty one')
    .option('--keep', 'leave what happened in the user store of the trial')
    .option('--password-stdin', 'read the password from a line of the standard input')
    .option('--new-password-stdin', 'read the password that is set on the way from the next line')
    .option('--new-email <address>', 'change-email: the new address')
    .option('--username <name>', 'sign-up: the username, where the connection requires one')
    .addOption(
      new Option('--import <mode>', 'instead of the import mode of database.json').choices(['on', 'off']),
    )
    .addOption(pipelineOption('actions'))
    .option(
      '--allow-legacy-writes',
      'let create, verify, change_password, change_email and delete run: they write to the legacy database',
    )
    .option('--time-limit <ms>', 'wall limit of a script (default: 20000)', wholeNumber(100, 600_000))
    .addHelpText('after', NOTES)
    .addHelpText(
      'after',
      examples([
        ['userferry flow --list', 'all flows and stories'],
        ['userferry flow login --identifier mary@example.com', 'a first login'],
        ['userferry flow reset-before-first-login --identifier mary@example.com', 'a story'],
        ['userferry flow bulk-then-lazy --identifier mary@example.com --trial ID', 'in a trial’s store'],
      ]),
    )
    .action((name: (typeof FLOW_WORDS)[number] | undefined, options: FlowOptions, command: Command) =>
      runner.run(command, async (session) => {
        const { listFlows, runFlow } = await import('#hosts/cli/run-flow.ts');
        return options.list === true ? listFlows(session) : runFlow(session, name, options);
      }),
    );
}
