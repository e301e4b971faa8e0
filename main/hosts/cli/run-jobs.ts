import { join, parse, resolve } from 'node:path';
import type { ImportedFile } from '#contract/jobs.ts';
import { EXIT } from '#hosts/cli/exit-code.ts';
import { writeWhole } from '#hosts/cli/report-files.ts';
import type { Answer, Session } from '#hosts/cli/session.ts';
import { UsageError } from '#hosts/cli/trouble.ts';
import { errorsText, importedText, jobsText, jobText } from '#reporters/terminal/jobs.ts';

export interface InTrial {
  readonly trial?: string;
}

export interface ImportOptions extends InTrial {
  readonly upsert?: boolean;
  readonly externalId?: string;
  readonly completionEmail: boolean;
  readonly atOnce?: boolean;
  readonly allow: number;
}

export interface RejectsOptions extends InTrial {
  readonly rejects?: string;
}

export async function importFiles(
  session: Session,
  files: readonly string[],
  options: ImportOptions,
): Promise<Answer> {
  const client = await session.client();
  const result = await client.jobs.import({
    project: session.project,
    files: files.map((file) => resolve(session.surroundings.folder, file)),
    upsert: options.upsert === true,
    sendCompletionEmail: options.completionEmail,
    atOnce: options.atOnce === true,
    ...(options.trial === undefined ? {} : { trial: options.trial }),
    ...(options.externalId === undefined ? {} : { externalId: options.externalId }),
  });
  const failed = result.files.reduce((sum, file) => sum + failures(file), 0);
  return {
    result,
    text: importedText(result, session.style),
    exitCode: failed > options.allow ? EXIT.findings : EXIT.clean,
  };
}

/** A file that no record of came through counts as more than anybody allows. */
function failures(file: ImportedFile): number {
  return file.kind === 'refused' ? Infinity : (file.job.summary?.failed ?? Infinity);
}

export async function listJobs(session: Session, options: RejectsOptions): Promise<Answer> {
  const client = await session.client();
  const trial = await trialOf(session, options);
  const result = await client.jobs.list({ project: session.project, trial });
  if (options.rejects !== undefined) await writeRejects(session, { trial }, options.rejects);
  return { result, text: jobsText(trial, result, session.style), exitCode: EXIT.clean };
}

export async function showJob(session: Session, job: string, options: InTrial): Promise<Answer> {
  const client = await session.client();
  const trial = await trialOf(session, options);
  const result = await client.jobs.show({ project: session.project, trial, job });
  return { result, text: jobText(result, session.style), exitCode: EXIT.clean };
}

export async function jobErrors(session: Session, job: string, options: RejectsOptions): Promise<Answer> {
  const client = await session.client();
  const one = { project: session.project, trial: await trialOf(session, options), job };
  const result = await client.jobs.errors(one);
  if (options.rejects !== undefined) await writeRejects(session, one, options.rejects);
  return { result, text: errorsText(result, session.style), exitCode: EXIT.clean };
}

/** Several files where one would be too large to import: `fix.json`, `fix-2.json`. An empty list where none is left. */
async function writeRejects(
  session: Session,
  which: { readonly trial: string; readonly job?: string },
  file: string,
): Promise<void> {
  const client = await session.client();
  const { records, files } = await client.jobs.rejects({ project: session.project, ...which });
  const texts = files.length === 0 ? ['[]\n'] : files.map(({ text }) => text);
  const names = texts.map((_text, index) => (index === 0 ? file : numbered(file, index + 1)));
  for (const [index, text] of texts.entries()) {
    // The records hold password hashes: readable by their owner only.
    await writeWhole(resolve(session.surroundings.folder, names[index]!), text);
  }
  const places = names.length < 3 ? names.join(' and ') : `${names[0]} to ${names.at(-1)}`;
  session.note(`Wrote ${records} refused ${records === 1 ? 'record' : 'records'} to ${places}.`);
}

function numbered(file: string, number: number): string {
  const { dir, name, ext } = parse(file);
  return join(dir, `${name}-${number}${ext}`);
}

async function trialOf(session: Session, { trial }: InTrial): Promise<string> {
  if (trial !== undefined) return trial;
  const client = await session.client();
  const listed = await client.trials.list({ project: session.project });
  const newest = listed.find((one) => one.kind === 'trial');
  if (newest?.kind === 'trial') return newest.record.id;
  throw new UsageError('the project has no trial yet', 'Run: userferry jobs import users.json');
}
