import { join } from 'node:path';
import type { Json, JsonObject } from '#domain/json.ts';
import { offsetTooDeep } from '#domain/json-nesting.ts';
import { Fault } from '#engine/fault.ts';
import { readPlainText } from '#files/plain-file.ts';
import { fileTrouble } from '#exporters/file-trouble.ts';
import { isObject } from '#exporters/connection-body.ts';

/** As a trial names its own files: one folder deep, no dots in front. */
const TRIAL_FILE = /^[a-z0-9][a-z0-9_-]*\/[A-Za-z0-9][A-Za-z0-9._-]*$/;
/** Of one file of a trial that is read whole. */
const MOST_BYTES = 512 * 1024 * 1024;
/** No connection is nested like that, and writing it again would run out of stack. */
const DEEPEST = 100;
const TRIAL_ID = /^[a-z0-9][a-z0-9-]*$/;

export async function readTrialFile(project: string, trial: string, name: string): Promise<string> {
  const doing = `reading ${name} of trial ${trial}`;
  if (!TRIAL_FILE.test(name) || !TRIAL_ID.test(trial)) {
    throw new Fault('input-invalid', `"${name}" is no name for a file of a trial`, { doing });
  }
  const path = join(project, 'trials', trial, name);
  try {
    return await readPlainText(path, MOST_BYTES);
  } catch (error) {
    throw fileTrouble('trial-missing', error, doing, path);
  }
}

/** A JSON object from a file that somebody names; `what` says in words what it should be. */
export async function readJsonFile(path: string, what: string): Promise<JsonObject> {
  const doing = `reading ${what}`;
  let text: string;
  try {
    text = await readPlainText(path);
  } catch (error) {
    throw fileTrouble('input-invalid', error, doing, path);
  }
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    value = null;
  }
  if (isObject(value) && offsetTooDeep(text, DEEPEST) === null) return value;
  throw new Fault(
    'input-invalid',
    `the file is not ${what}: it holds no JSON object, or one that is nested beyond reason`,
    {
      doing,
      where: path,
      help: 'Save the answer to GET /api/v2/connections/{id} as it came.',
    },
  );
}
