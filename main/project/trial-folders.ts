import { lstat, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { TRIAL_RECORD_VERSION, type TrialRecord, trialRecordSchema } from '#contract/trial-record.ts';
import { Fault } from '#engine/fault.ts';
import type { ListedTrial, TrialFolders } from '#engine/ports/trial-folders.ts';
import { unfinishedPath } from '#files/unfinished.ts';
import { writeFileAtomically } from '#project/atomic-file.ts';
import { errorCode, fileFault } from '#project/file-fault.ts';
import { readPlainText } from '#files/plain-file.ts';

const TRIALS = 'trials';
const RECORD = 'trial.json';
/** Of one file of a trial that is read whole. */
const MOST_BYTES = 512 * 1024 * 1024;
const ID = /^[a-z0-9][a-z0-9-]{0,99}$/;
/** A file of a trial: one folder deep at most, no dots in front. */
const FILE_NAME = /^(?:[a-z0-9][a-z0-9_-]*\/)?[A-Za-z0-9][A-Za-z0-9._-]*$/;

export function createTrialFolders(): TrialFolders {
  return {
    create: createTrial,
    writeRecord,
    readRecord,
    list: listTrials,
    remove: removeTrial,
    replicaPath: (project, trial) => join(trialFolder(project, trial), 'replica.db'),
    writeFile: writeTrialFile,
    readFile: readTrialFile,
  };
}

/** The folder appears with its record in it: killed in between, there is no trial rather than half of one. */
async function createTrial(project: string, record: TrialRecord): Promise<void> {
  const folder = trialFolder(project, record.id);
  // The dot keeps it out of every list.
  const beside = unfinishedPath(folder);
  try {
    await makeTrialsFolder(project);
    await mkdir(beside);
    await writeFileAtomically(join(beside, RECORD), recordText(record));
    // A rename would take the place of an empty folder without asking.
    if (!(await isMissing(folder))) throw taken(record.id, folder);
    await rename(beside, folder);
  } catch (error) {
    await rm(beside, { recursive: true, force: true });
    if (errorCode(error) === 'EEXIST' || errorCode(error) === 'ENOTEMPTY') throw taken(record.id, folder);
    throw fileFault('replica-unwritable', error, 'creating the trial', folder);
  }
}

function taken(trial: string, folder: string): Fault {
  return new Fault('input-invalid', `there is a trial "${trial}" already`, {
    doing: 'creating the trial',
    where: folder,
  });
}

function recordText(record: TrialRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}

/** Not recursive: then a read-only disk is reported as what it is. */
async function makeTrialsFolder(project: string): Promise<void> {
  try {
    await mkdir(join(project, TRIALS));
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
}

async function writeRecord(project: string, record: TrialRecord): Promise<void> {
  const path = join(trialFolder(project, record.id), RECORD);
  try {
    await writeFileAtomically(path, recordText(record));
  } catch (error) {
    throw fileFault('replica-unwritable', error, 'writing the record of the trial', path);
  }
}

async function readRecord(project: string, trial: string): Promise<TrialRecord> {
  const where = join(trialFolder(project, trial), RECORD);
  const read = await readTrial(project, trial);
  if (read.kind === 'trial') return read.record;
  const missing = await isMissing(trialFolder(project, trial));
  if (missing) {
    throw new Fault('trial-missing', `there is no trial "${trial}"`, {
      doing: 'reading the trial',
      where,
      help: 'Name one of those that "userferry trials list" shows.',
    });
  }
  throw new Fault('trial-missing', `the record of trial "${trial}" is damaged: ${read.reason}`, {
    doing: 'reading the trial',
    where,
    help: `Restore the file from a copy, or delete the trial with "userferry trials delete ${trial}" and rehearse again.`,
  });
}

/** Newest first by the date in the record; damaged ones last. */
async function listTrials(project: string): Promise<readonly ListedTrial[]> {
  let names: string[];
  try {
    const entries = await readdir(join(project, TRIALS), { withFileTypes: true });
    names = entries.filter((entry) => entry.isDirectory() && ID.test(entry.name)).map((entry) => entry.name);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw fileFault('replica-unwritable', error, 'listing the trials', join(project, TRIALS));
  }
  const listed = await Promise.all(names.map((name) => readTrial(project, name)));
  return listed.toSorted((a, b) => (startedAt(a) < startedAt(b) ? 1 : startedAt(a) > startedAt(b) ? -1 : 0));
}

function startedAt(trial: ListedTrial): string {
  return trial.kind === 'trial' ? trial.record.createdAt : '';
}

async function readTrial(project: string, id: string): Promise<ListedTrial> {
  const damaged = (reason: string): ListedTrial => ({ kind: 'damaged', id, reason });
  let text: string;
  try {
    text = await readPlainText(join(trialFolder(project, id), RECORD));
  } catch (error) {
    const code = errorCode(error);
    return damaged(code === 'ENOENT' ? `${RECORD} is missing` : `${RECORD} cannot be read (${code})`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return damaged(`${RECORD} is cut off or not JSON`);
  }
  const parsed = trialRecordSchema.safeParse(value);
  if (parsed.success) {
    return parsed.data.id === id
      ? { kind: 'trial', record: parsed.data }
      : damaged(`${RECORD} belongs to trial ${parsed.data.id}`);
  }
  const version = typeof value === 'object' && value !== null && 'version' in value ? value.version : null;
  return damaged(
    typeof version === 'number' && version > TRIAL_RECORD_VERSION
      ? `${RECORD} was written by a newer version`
      : `${RECORD} is not a trial record (${parsed.error.issues[0]?.path.join('.') || 'whole file'})`,
  );
}

async function removeTrial(project: string, trial: string): Promise<void> {
  const folder = trialFolder(project, trial);
  const doing = 'removing the trial';
  try {
    for (const path of [join(project, TRIALS), folder]) {
      const found = await lstat(path);
      if (found.isDirectory()) continue;
      throw new Fault(
        'input-invalid',
        `${path} is a link or a file, not a folder of a trial: nothing was removed`,
        {
          doing,
          where: path,
        },
      );
    }
    // Links inside are removed as links: what they point to stays.
    await rm(folder, { recursive: true });
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      throw new Fault('trial-missing', `there is no trial "${trial}"`, {
        doing,
        where: folder,
        cause: error,
      });
    }
    throw fileFault('replica-unwritable', error, doing, folder);
  }
}

async function writeTrialFile(
  project: string,
  trial: string,
  name: string,
  text: string | Iterable<string>,
): Promise<number> {
  if (!FILE_NAME.test(name)) {
    throw new Fault('input-invalid', `"${name}" is no name for a file of a trial`, {
      doing: 'writing a file',
    });
  }
  const path = join(trialFolder(project, trial), name);
  try {
    if (name.includes('/')) await mkdir(join(path, '..'), { recursive: true });
    // Beside the record, where the next one to write to the project looks for what was never finished.
    await writeFileAtomically(path, text, 0o644, trialFolder(project, trial));
    return typeof text === 'string' ? Buffer.byteLength(text, 'utf8') : (await stat(path)).size;
  } catch (error) {
    throw fileFault('replica-unwritable', error, `writing ${name}`, path);
  }
}

async function readTrialFile(project: string, trial: string, name: string): Promise<string> {
  const doing = `reading ${name}`;
  if (!FILE_NAME.test(name)) {
    throw new Fault('input-invalid', `"${name}" is no name for a file of a trial`, { doing });
  }
  const path = join(trialFolder(project, trial), name);
  try {
    return await readPlainText(path, MOST_BYTES);
  } catch (error) {
    throw new Fault('trial-missing', `a file of trial "${trial}" cannot be read (${errorCode(error)})`, {
      doing,
      where: path,
      cause: error,
    });
  }
}

/** Refuses whatever could lead out of `trials/`. */
function trialFolder(project: string, trial: string): string {
  if (!ID.test(trial)) {
    throw new Fault('trial-missing', 'the id of a trial has small letters, digits and hyphens only', {
      doing: 'looking for the trial',
    });
  }
  return join(project, TRIALS, trial);
}

async function isMissing(path: string): Promise<boolean> {
  return lstat(path).then(
    () => false,
    () => true,
  );
}
