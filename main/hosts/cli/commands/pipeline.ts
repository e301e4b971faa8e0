import { Argument, type Command, Option } from 'commander';
import type { CommandRunner } from '#hosts/cli/command-runner.ts';
import { EXIT } from '#hosts/cli/exit-code.ts';
import { examples, wholeNumber } from '#hosts/cli/help.ts';
import { UsageError } from '#hosts/cli/trouble.ts';

/** As the contract names them; kept here too, so that help answers without loading it. */
const TRIGGERS = [
  'pre-user-registration',
  'post-user-registration',
  'post-login',
  'post-change-password',
  'password-reset-post-challenge',
  'credentials-exchange',
] as const;

interface RunOptions {
  readonly identifier?: string;
  readonly pipeline?: 'actions' | 'actions+rules';
  readonly scope?: readonly string[];
  readonly audience?: string;
  readonly protocol?: string;
  readonly prompt?: string;
  readonly role?: readonly string[];
  readonly return?: readonly string[];
  readonly field?: readonly string[];
  readonly timeLimit?: number;
}

export function addPipelineCommand(program: Command, runner: CommandRunner): void {
  const pipeline = program
    .command('pipeline')
    .description('Actions, Rules and Hooks of the project: what there is, and one trigger at a time')
    .addHelpText(
      'after',
      examples([
        ['userferry pipeline show', 'what runs in which flow, in which order'],
        ['userferry pipeline run post-login --identifier mary@example.com', 'all Actions of a login'],
        ['userferry pipeline run credentials-exchange --audience https://api.example.com', 'for a client'],
      ]),
    );
  pipeline
    .command('show')
    .description('what the project holds, and which flow sets off what')
    .addHelpText('after', examples([['userferry pipeline show --json', 'for a script of your own']]))
    .action((_options: unknown, command: Command) =>
      runner.run(command, async (session) => {
        const { pipelineText } = await import('#reporters/terminal/pipeline-show.ts');
        const client = await session.client();
        const result = await client.pipeline.show({ project: session.project });
        return { result, text: pipelineText(result, session.style), exitCode: EXIT.clean };
      }),
    );
  pipeline
    .command('run')
    .description('run one trigger for a legacy user, or for a client; nothing is stored')
    .addArgument(new Argument('<trigger>', 'what is set off').choices(TRIGGERS))
    .option('--identifier <who>', 'e-mail address or username of a legacy user')
    .addOption(
      new Option(
        '--pipeline <what>',
        'Rules and Hooks are past their end of life (default: actions)',
      ).choices(['actions', 'actions+rules']),
    )
    .option('--scope <scope...>', 'scopes that the application asks for (default: openid profile email)')
    .option('--audience <api>', 'identifier of the API that the access token is for')
    .option('--protocol <protocol>', 'how the login came about (default: oidc-basic-profile)')
    .option('--prompt <prompt>', 'none: no page is shown')
    .option('--role <name...>', 'roles that the user has in the tenant')
    .option('--return <name=value...>', 'what another page adds when it sends the person back')
    .option('--field <name=value...>', 'further fields of the form')
    .option(
      '--time-limit <ms>',
      'wall limit of all steps together (default: 20000)',
      wholeNumber(100, 600_000),
    )
    .addHelpText(
      'after',
      examples([
        ['userferry pipeline run post-login --identifier mary@example.com --scope openid', 'a login'],
        ['userferry pipeline run post-login --identifier mary --return choice=yes', 'back from another page'],
      ]),
    )
    .action((trigger: (typeof TRIGGERS)[number], options: RunOptions, command: Command) =>
      runner.run(command, async (session) => {
        const { pipelineRunText } = await import('#reporters/terminal/pipeline-show.ts');
        const client = await session.client();
        const { identifier, scope, audience, protocol, prompt, role, timeLimit } = options;
        const result = await client.pipeline.run({
          project: session.project,
          trigger,
          returns: pairs('--return', options.return),
          body: pairs('--field', options.field),
          ...(options.pipeline === undefined ? {} : { mode: options.pipeline }),
          ...(identifier === undefined ? {} : { identifier }),
          ...(scope === undefined ? {} : { scopes: [...scope] }),
          ...(audience === undefined ? {} : { audience }),
          ...(protocol === undefined ? {} : { protocol }),
          ...(prompt === undefined ? {} : { prompt }),
          ...(role === undefined ? {} : { roles: [...role] }),
          ...(timeLimit === undefined ? {} : { timeLimitMs: timeLimit }),
        });
        return {
          result,
          text: pipelineRunText(result, trigger, session.style),
          exitCode: result.outcome.status === 'ok' ? EXIT.clean : EXIT.findings,
        };
      }),
    );
}

function pairs(option: string, given: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    given.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) throw new UsageError(`${option} ${pair} is no name=value`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}
