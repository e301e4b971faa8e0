import { relative } from 'node:path';
import type { Inspection, InspectSource } from '#contract/legacy.ts';
import { askSecret, confirm, firstLineOf } from '#hosts/cli/ask.ts';
import { EXIT } from '#hosts/cli/exit-code.ts';
import type { Answer, Session } from '#hosts/cli/session.ts';
import { UsageError } from '#hosts/cli/trouble.ts';
import { shellWord } from '#reporters/escape.ts';
import { inspectionText } from '#reporters/terminal/legacy-inspection.ts';

export interface InspectOptions {
  readonly table?: string;
  readonly write?: boolean;
  readonly force?: boolean;
  readonly yes?: boolean;
  readonly from?: 'postgresql' | 'mysql' | 'sqlserver' | 'oracle' | 'sqlite';
  readonly host?: string;
  readonly port?: number;
  readonly database?: string;
  readonly user?: string;
  readonly file?: string;
  readonly passwordStdin?: boolean;
  readonly tls: 'off' | 'on' | 'verify';
}

/** Proposes how legacy users map, and writes the proposal where that is wanted. */
export async function runInspect(session: Session, options: InspectOptions): Promise<Answer> {
  if (options.from !== undefined && options.write === true) {
    throw new UsageError(
      '--write needs a project, and --from looks without one',
      'Make a project with "userferry init", put the connection into userferry.json, then run "userferry legacy inspect --write".',
    );
  }
  const source = await sourceOf(session, options);
  const client = await session.client();
  const inspection = await client.legacy.inspect({
    source,
    force: options.force === true,
    ...(options.table === undefined ? {} : { table: options.table }),
  });
  const found = inspection.proposal.table !== null;
  const text = inspectionText(inspection, session.style);
  const exitCode = found ? EXIT.clean : EXIT.findings;
  if (options.write === true) return write(session, options, inspection, text);
  const hint = hintOf(session, options, inspection);
  return { result: inspection, text: `${text}${hint}`, exitCode };
}

async function sourceOf(session: Session, options: InspectOptions): Promise<InspectSource> {
  const { from, database, user, file } = options;
  if (from === undefined) {
    const stray = (['host', 'port', 'database', 'user', 'file', 'passwordStdin'] as const).find(
      (name) => options[name] !== undefined,
    );
    if (stray === undefined) return { kind: 'project', project: session.project };
    throw new UsageError(
      'connection options go with --from',
      'A project says itself where its legacy database is: see "legacy" in userferry.json.',
    );
  }
  const { folder } = session.surroundings;
  if (from === 'sqlite') {
    if (file === undefined) throw new UsageError('which file?', 'Give --file.');
    return { kind: 'connection', folder, connection: { engine: 'sqlite', file } };
  }
  if (database === undefined || user === undefined) {
    throw new UsageError('which database, and as which user?', 'Give --database and --user.');
  }
  const { host = 'localhost', port, tls } = options;
  const connection = { engine: from, host, database, user, tls, ...(port === undefined ? {} : { port }) };
  return { kind: 'connection', folder, connection, password: await passwordOf(session, options) };
}

async function passwordOf(session: Session, options: InspectOptions): Promise<string> {
  if (options.passwordStdin === true) return firstLineOf(session.surroundings.stdin);
  if (session.mayAsk) return askSecret(session, `Password of ${options.user}`);
  throw new UsageError('the database needs a password', 'Send it through a pipe and add --password-stdin.');
}

/** Shows the changes before anything is asked or written. */
async function write(
  session: Session,
  options: InspectOptions,
  inspection: Inspection,
  text: string,
): Promise<Answer> {
  const changes = inspection.settings?.changes ?? [];
  const nothing = (reason: string, code: Answer['exitCode']): Answer => ({
    result: { ...inspection, written: false },
    text: `${text}${reason}\n`,
    exitCode: code,
  });
  if (inspection.proposal.table === null) return nothing('Nothing was written.', EXIT.findings);
  if (changes.length === 0)
    return nothing('userferry.json says all this already; nothing was written.', EXIT.clean);
  if (options.yes !== true) {
    const again = `userferry legacy inspect --write --yes${projectOption(session)}`;
    if (!session.mayAsk) {
      throw new UsageError('nothing was written, because nobody could be asked', `Run: ${again}`);
    }
    session.surroundings.stderr.write(`${text}\n`);
    const agreed = await confirm(session, 'Write these changes to userferry.json?');
    if (!agreed)
      return {
        result: { ...inspection, written: false },
        text: 'Nothing was written.\n',
        exitCode: EXIT.clean,
      };
  }
  const client = await session.client();
  const { file } = await client.legacy.adopt({ project: session.project, changes });
  const shown = relative(session.surroundings.folder, file);
  const before = options.yes === true ? text : '';
  return {
    result: { ...inspection, written: true },
    text: `${before}${[
      `Wrote ${changes.length} ${changes.length === 1 ? 'setting' : 'settings'} to ${shown}.`,
      '',
      'Next:',
      `  userferry check${projectOption(session)}`,
      `  userferry hash --formats${projectOption(session)}`,
      `  userferry trial bulk${projectOption(session)}`,
      'Before a lazy trial: the starter scripts below database-connections still ask for a table "users" with',
      'columns of their own. Adapt their queries to the table above.',
      '',
    ].join('\n')}`,
    exitCode: EXIT.clean,
  };
}

function hintOf(session: Session, options: InspectOptions, { settings }: Inspection): string {
  if (settings === null)
    return '\nNext:\n  userferry init acme --from …   # then put the connection into acme/userferry.json\n'.replace(
      '…',
      options.from ?? 'postgresql',
    );
  if (settings.changes.length === 0)
    return settings.kept.length === 0 ? 'userferry.json says all this already.\n' : '';
  return `\nNext:\n  userferry legacy inspect --write${projectOption(session)}\n`;
}

function projectOption(session: Session): string {
  return session.options.project === '.' ? '' : ` --project ${shellWord(session.options.project)}`;
}
