import { readFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { Argument, type Command, Option } from 'commander';
import type { Client } from '#hosts/cli/client.ts';
import type { CommandRunner } from '#hosts/cli/command-runner.ts';
import { EXIT } from '#hosts/cli/exit-code.ts';
import { examples, wholeNumber } from '#hosts/cli/help.ts';
import type { Session } from '#hosts/cli/session.ts';
import { UsageError } from '#hosts/cli/trouble.ts';

const SLOTS = ['login', 'get_user', 'create', 'verify', 'change_password', 'change_email', 'delete'] as const;
type Slot = (typeof SLOTS)[number];

interface LintOptions {
  readonly file?: string;
  readonly slot?: Slot;
  readonly context?: boolean;
  readonly importOff?: boolean;
  readonly usernames?: boolean;
  readonly node: '18' | '22';
  readonly allow: number;
}

export function addLintCommand(program: Command, runner: CommandRunner): void {
  program
    .command('lint')
    .description('look for mistakes in the text of scripts; runs nothing')
    .addArgument(new Argument('[slots...]', 'which scripts of the project (default: all)').choices(SLOTS))
    .option('--file <file>', 'a script outside any project, together with --slot')
    .addOption(new Option('--slot <slot>', 'what the script of --file is for').choices(SLOTS))
    .option('--context', '--file: the connection hands a context to its scripts')
    .option('--import-off', '--file: the connection does not import users')
    .option('--usernames', '--file: the connection requires usernames')
    .addOption(
      new Option('--node <version>', 'Node version of the tenant').choices(['18', '22']).default('22'),
    )
    .option('--allow <count>', 'errors that are no reason for exit code 1', wholeNumber(0), 0)
    .addHelpText(
      'after',
      examples([
        ['userferry lint', 'all scripts of the project in this folder'],
        ['userferry lint login get_user -p acme', 'two of them'],
        ['userferry lint --file old/login.js --slot login', 'a script that is in no project yet'],
        ['userferry explain script.never-called-back', 'what a finding means'],
      ]),
    )
    .addHelpText('after', SILENCE)
    .action((slots: readonly Slot[], options: LintOptions, command: Command) =>
      runner.run(command, async (session) => {
        const { lintText } = await import('#reporters/terminal/lint.ts');
        const reply = await ask(session, slots, options);
        const result = options.file === undefined ? reply : inFile(reply, fileName(session, options.file));
        const errors = result.findings.filter(({ diagnostic }) => diagnostic.severity === 'error').length;
        return {
          result,
          text: lintText(result.slots, result.findings, session.style),
          exitCode: errors > options.allow ? EXIT.findings : EXIT.clean,
        };
      }),
    );
}

const SILENCE = `
A comment silences a finding in its own line and the next:
  // userferry-ignore CODE: reason
  /* userferry-ignore-file CODE: reason */   for the whole script
`;

type Reply = Awaited<ReturnType<Client['scripts']['lint']>>;

async function ask(session: Session, slots: readonly Slot[], options: LintOptions): Promise<Reply> {
  const nodeVersion = options.node === '18' ? 18 : 22;
  if (options.file === undefined) {
    if (options.slot !== undefined) {
      throw new UsageError('--slot goes with --file', 'Name scripts of the project without --slot.');
    }
    const client = await session.client();
    const from = { kind: 'project' as const, project: session.project, slots: [...slots] };
    return client.scripts.lint({ from, nodeVersion });
  }
  if (options.slot === undefined || slots.length > 0) {
    throw new UsageError('what is the script for?', `Add --slot with one of ${SLOTS.join(', ')}.`);
  }
  const text = await readScript(session, options.file);
  const client = await session.client();
  return client.scripts.lint({
    nodeVersion,
    from: {
      kind: 'text',
      slot: options.slot,
      text,
      withContext: options.context === true,
      importMode: options.importOff !== true,
      requiresUsername: options.usernames === true,
    },
  });
}

async function readScript(session: Session, file: string): Promise<string> {
  try {
    return await readFile(resolve(session.surroundings.folder, file), 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`${file} cannot be read${code === 'ENOENT' ? ': there is no such file' : ''}`);
  }
}

function fileName(session: Session, file: string): string {
  return relative(session.surroundings.folder, resolve(session.surroundings.folder, file)) || file;
}

/** Places in a file that belongs to no project carry its path, so that editors find it. */
function inFile(reply: Reply, path: string): Reply {
  const findings = reply.findings.map(({ diagnostic, source }) => {
    if (diagnostic.place?.kind !== 'script') return { diagnostic, source };
    const { line, column } = diagnostic.place;
    const place = { kind: 'file' as const, path, line, column };
    return { diagnostic: { ...diagnostic, place }, source };
  });
  return { ...reply, findings };
}
