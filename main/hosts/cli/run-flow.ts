import type { FlowResult } from '#contract/flows.ts';
import { EXIT } from '#hosts/cli/exit-code.ts';
import type { Answer, Session } from '#hosts/cli/session.ts';
import { stdinLines } from '#hosts/cli/stdin-lines.ts';
import { UsageError } from '#hosts/cli/trouble.ts';
import { flowsText, flowText } from '#reporters/terminal/flow.ts';

export interface FlowOptions {
  readonly list?: boolean;
  readonly identifier?: string;
  readonly trial?: string;
  readonly keep?: boolean;
  readonly passwordStdin?: boolean;
  readonly newPasswordStdin?: boolean;
  readonly newEmail?: string;
  readonly username?: string;
  readonly import?: 'on' | 'off';
  readonly allowLegacyWrites?: boolean;
  readonly timeLimit?: number;
  readonly pipeline?: 'off' | 'actions' | 'actions+rules';
}

export async function listFlows(session: Session): Promise<Answer> {
  const client = await session.client();
  const result = await client.flows.list({});
  return { result, text: flowsText(result, session.style), exitCode: EXIT.clean };
}

export async function runFlow(
  session: Session,
  name: FlowResult['name'] | undefined,
  options: FlowOptions,
): Promise<Answer> {
  const { identifier } = options;
  if (name === undefined) throw new UsageError('which flow?', 'Name one of those that --list shows.');
  if (identifier === undefined)
    throw new UsageError('whom to take through it?', 'Add --identifier with an e-mail address or username.');
  const passwords = await passwordsOf(session, options);
  const client = await session.client();
  const result = await client.flows.run({
    project: session.project,
    name,
    identifier,
    ...passwords,
    keep: options.keep === true,
    allowLegacyWrites: options.allowLegacyWrites === true,
    ...(options.newEmail === undefined ? {} : { newEmail: options.newEmail }),
    ...(options.username === undefined ? {} : { username: options.username }),
    ...(options.trial === undefined ? {} : { trial: options.trial }),
    ...(options.import === undefined ? {} : { importMode: options.import === 'on' }),
    ...(options.pipeline === undefined ? {} : { pipeline: options.pipeline }),
    ...(options.timeLimit === undefined ? {} : { timeLimitMs: options.timeLimit }),
  });
  return {
    result,
    text: flowText(result, identifier, session.style),
    exitCode: result.steps.at(-1)?.outcome.status === 'ok' ? EXIT.clean : EXIT.findings,
  };
}

/** Passwords come from a pipe, never from an argument that other processes can read. */
async function passwordsOf(
  session: Session,
  options: FlowOptions,
): Promise<{ readonly password?: string; readonly newPassword?: string }> {
  const wanted = [
    ...(options.passwordStdin === true ? (['password'] as const) : []),
    ...(options.newPasswordStdin === true ? (['newPassword'] as const) : []),
  ];
  const lines = await stdinLines(session, wanted);
  return Object.fromEntries(wanted.map((name, index) => [name, lines[index]]));
}
