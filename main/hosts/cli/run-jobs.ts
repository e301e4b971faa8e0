import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ImportedFile } from '#contract/jobs.ts';
import { EXIT } from '#hosts/cli/exit-code.ts';
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

export interface ErrorsOptions extends InTrial {
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

export async function listJobs(session: Session, options: InTrial): Promise<Answer> {
  const client = await session.client();
  const trial = await trialOf(session, options);
  const result = await client.jobs.list({ project: session.project, trial });
  return { result, text: jobsText(trial, result, session.style), exitCode: EXIT.clean };
}

export async function showJob(session: Session, job: string, options: InTrial): Promise<Answer> {
  const client = await session.client();
  const trial = await trialOf(session, options);
  const result = await client.jobs.show({ project: session.project, trial, job });
  return { result, text: jobText(result, session.style), exitCode: EXIT.clean };
}

export async function jobErrors(session: Session, job: string, options: ErrorsOptions): Promise<Answer> {
  const client = await session.client();
  const one = { project: session.project, trial: await trialOf(session, options), job };
  const result = await client.jobs.errors(one);
  if (options.rejects !== undefined) {
    const { records, text } = await client.jobs.rejects(one);
    // The records hold password hashes.
    await writeFile(resolve(session.surroundings.folder, options.rejects), text, { mode: 0o600 });
    session.note(`Wrote ${records} refused ${records === 1 ? 'record' : 'records'} to ${options.rejects}.`);
  }
  return { result, text: errorsText(result, session.style), exitCode: EXIT.clean };
}

async function trialOf(session: Session, { trial }: InTrial): Promise<string> {
  if (trial !== undefined) return trial;
  const client = await session.client();
  const listed = await client.trials.list({ project: session.project });
  const newest = listed.find((one) => one.kind === 'trial');
  if (newest?.kind === 'trial') return newest.record.id;
  throw new UsageError('the project has no trial yet', 'Run: userferry jobs import users.json');
}
