import { createHash } from 'node:crypto';
import { readdir, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { z } from 'zod';
import { type DiagnosticCode, diagnostic } from '#domain/diagnostics/catalog.ts';
import type { Diagnostic, Place } from '#domain/diagnostics/diagnostic.ts';
import { Secret } from '#domain/secret.ts';
import { errorCode } from '#project/file-fault.ts';
import { type JsonPath, type JsonText, readJsonText } from '#project/json-text.ts';
import { readPlainText } from '#files/plain-file.ts';
import { fillPlaceholders, placeholderNames, quoteJsonMarkers } from '#project/placeholders.ts';
import { schemaProblems } from '#project/schema-problems.ts';
import type { Secrets } from '#project/secrets.ts';

/** What the files of one pipeline are read with. Findings are added in the order of reading. */
export interface PipelineReading {
  readonly project: string;
  readonly secrets: Secrets;
  readonly problems: Diagnostic[];
}

export interface ReadFile<T> {
  readonly json: JsonText;
  readonly value: T;
}

/** Names of the JSON files of a folder, sorted; null where there is no such folder. */
export async function jsonFilesOf(project: string, folder: string): Promise<readonly string[] | null> {
  try {
    const entries = await readdir(join(project, folder), { withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
      .map(({ name }) => `${folder}/${name}`)
      .toSorted();
  } catch {
    return null;
  }
}

/** A JSON file of the deploy tool's format; null with a finding where it is not. */
export async function readPipelineFile<Schema extends z.ZodType>(
  reading: PipelineReading,
  file: string,
  schema: Schema,
): Promise<ReadFile<z.output<Schema>> | null> {
  const report = (message: string, place: Place): null => {
    reading.problems.push(diagnostic('pipeline.file-invalid', message, { place }));
    return null;
  };
  let text: string;
  try {
    text = await readPlainText(await inside(reading.project, join(reading.project, file)));
  } catch (error) {
    const outside = error instanceof OutsideError;
    const place = { kind: 'file', path: file } as const;
    return report(
      `${file} ${outside ? 'lies outside the project' : `cannot be read (${errorCode(error)})`}.`,
      place,
    );
  }
  const json = readJsonText(file, quoteJsonMarkers(text));
  if (json.syntaxError !== null)
    return report(`${file} is no JSON: ${json.syntaxError.message}.`, json.syntaxError.place);
  const parsed = schema.safeParse(json.value);
  if (parsed.success) return { json, value: parsed.data };
  for (const { message, place } of schemaProblems(schema, json, parsed.error.issues))
    report(message, place ?? json.place([]));
  return null;
}

class OutsideError extends Error {}

async function inside(project: string, path: string): Promise<string> {
  const [root, real] = [await realpath(project), await realpath(path)];
  const way = relative(root, real);
  if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) throw new OutsideError(path);
  return real;
}

export interface ReadCode {
  readonly path: string;
  readonly text: string;
  readonly checksum: string;
}

/** Largest code of an Action, a Rule or a Hook, bytes of UTF-8. */
export const MAX_CODE_BYTES = 100 * 1024;

/** Code that a JSON file names, markers filled in; null with a finding where it cannot be had. */
export async function readCode(
  reading: PipelineReading,
  json: JsonText,
  from: { readonly folder: string; readonly key: string; readonly source: string },
): Promise<ReadCode | null> {
  const place = json.place([from.key]);
  const report = (code: DiagnosticCode, message: string, at: Place = place): null => {
    reading.problems.push(diagnostic(code, message, { place: at }));
    return null;
  };
  const root = resolve(reading.project);
  const full = resolve(root, from.folder, from.source.replaceAll('\\', '/'));
  const path = relative(root, full).replaceAll(sep, '/');
  let raw: string;
  try {
    if (!full.startsWith(root + sep)) throw new OutsideError(full);
    raw = await readPlainText(await inside(root, full));
  } catch (error) {
    return error instanceof OutsideError
      ? report(
          'pipeline.code-outside',
          `${from.source}, named in ${json.file}, lies outside the project: it is not read.`,
        )
      : report(
          'pipeline.code-missing',
          `${from.source}, named in ${json.file}, cannot be read (${errorCode(error)}).`,
        );
  }
  const { text, missing } = fillPlaceholders(raw, (name) => reading.secrets.get(name), 'script');
  for (const name of missing) {
    const line = raw.slice(0, raw.search(new RegExp(`##${name}##|@@${name}@@`))).split('\n').length;
    const message = `${path} needs ${name}, which neither the environment nor the secrets file has.`;
    report('pipeline.secret-missing', message, { kind: 'file', path, line });
  }
  const bytes = Buffer.byteLength(text, 'utf8');
  if (bytes > MAX_CODE_BYTES)
    report('pipeline.code-too-large', `${path} has ${Math.ceil(bytes / 1024)} KB; a tenant takes 100 KB.`, {
      kind: 'file',
      path,
    });
  return { path, text, checksum: createHash('sha256').update(text, 'utf8').digest('hex') };
}

/** What a deploy tool writes in the place of every value that it may not read. */
const MASKED = '_VALUE_NOT_SHOWN_';
const MOST_SECRETS = 30;
const LONGEST_NAME = 128;
const LONGEST_VALUE = 4096;

/** Secrets with their values, from `[{ name, value }]` or `{ name: value }`. */
export function readPipelineSecrets(
  reading: PipelineReading,
  json: JsonText,
  given:
    | readonly { readonly name: string; readonly value?: string | undefined }[]
    | Readonly<Record<string, string>>,
  owner: string,
): ReadonlyMap<string, Secret> {
  const list: readonly {
    readonly name: string;
    readonly value?: string | undefined;
    readonly path: JsonPath;
  }[] = Array.isArray(given)
    ? (given as readonly { name: string; value?: string }[]).map((one, index) => ({
        ...one,
        path: ['secrets', index],
      }))
    : Object.entries(given as Readonly<Record<string, string>>).map(([name, value]) => ({
        name,
        value,
        path: ['secrets', name],
      }));
  const report = (code: DiagnosticCode, message: string, path: JsonPath): void => {
    reading.problems.push(diagnostic(code, message, { place: json.place(path) }));
  };
  if (list.length > MOST_SECRETS)
    report(
      'pipeline.limit-exceeded',
      `${owner} has ${list.length} secrets; a tenant takes ${MOST_SECRETS}.`,
      ['secrets'],
    );
  const secrets = new Map<string, Secret>();
  for (const { name, value = MASKED, path } of list) {
    const filled = value === MASKED ? namedLike(reading, name) : fromMarkers(reading, value);
    if (filled === null) {
      const message = `Secret ${name} of ${owner} has no value in the environment or the secrets file.`;
      report('pipeline.secret-missing', message, path);
      continue;
    }
    if (value !== MASKED && placeholderNames(value).length === 0 && value !== '')
      report(
        'pipeline.secret-in-clear-text',
        `Secret ${name} of ${owner} is written out in ${json.file}.`,
        path,
      );
    if (name.length > LONGEST_NAME || filled.length > LONGEST_VALUE)
      report('pipeline.limit-exceeded', `Secret ${name} of ${owner} is longer than a tenant takes.`, path);
    secrets.set(name, new Secret(filled));
  }
  return secrets;
}

/** A masked value is the secret of the same name. */
function namedLike({ secrets }: PipelineReading, name: string): string | null {
  return /^[A-Za-z_]\w*$/.test(name) ? (secrets.get(name)?.reveal() ?? null) : null;
}

function fromMarkers({ secrets }: PipelineReading, value: string): string | null {
  const { text, missing } = fillPlaceholders(value, (name) => secrets.get(name), 'parsed');
  return missing.length === 0 ? text : null;
}
