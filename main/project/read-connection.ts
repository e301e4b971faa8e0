import { join } from 'node:path';
import { diagnostic } from '#domain/diagnostics/catalog.ts';
import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import { SLOTS } from '#domain/migration/slots.ts';
import { connectionFileSchema, type ConnectionFile } from '#project/connection-schema.ts';
import { didYouMean } from '#project/did-you-mean.ts';
import { errorCode } from '#project/file-fault.ts';
import { type JsonPath, type JsonText, readJsonText } from '#project/json-text.ts';
import { readPlainText } from '#files/plain-file.ts';
import { quoteJsonMarkers } from '#project/placeholders.ts';
import { schemaProblems } from '#project/schema-problems.ts';

export const CONNECTIONS_FOLDER = 'database-connections';

export interface ReadConnection {
  /** Path of `database.json` relative to the project, with forward slashes. */
  readonly file: string;
  /** Null where the file is missing or cannot be understood. */
  readonly connection: ConnectionFile | null;
  readonly json: JsonText | null;
  readonly problems: readonly Diagnostic[];
}

/** Reads `database-connections/<name>/database.json` and says what the deploy tool would make of it. */
export async function readConnection(project: string, name: string): Promise<ReadConnection> {
  const file = `${CONNECTIONS_FOLDER}/${name}/database.json`;
  let text: string;
  try {
    text = await readPlainText(join(project, file));
  } catch (error) {
    const message = `${file} cannot be read (${errorCode(error)}): the deploy tool skips such a folder.`;
    const place = { kind: 'file', path: file } as const;
    const problems = [diagnostic('project.connection-missing', message, { place })];
    return { file, connection: null, json: null, problems };
  }
  const json = readJsonText(file, quoteJsonMarkers(text));
  if (json.syntaxError !== null) {
    const { message, place } = json.syntaxError;
    const problems = [diagnostic('project.json-syntax', `${file}: ${message}.`, { place })];
    return { file, connection: null, json, problems };
  }
  const parsed = connectionFileSchema.safeParse(json.value);
  const problems = parsed.success
    ? [...namingProblems(parsed.data, json, name), ...scriptMapProblems(parsed.data, json)]
    : schemaProblems(connectionFileSchema, json, parsed.error.issues);
  return {
    file,
    connection: parsed.success ? parsed.data : null,
    json,
    problems: [...droppedProblem(json), ...problems],
  };
}

/** The tool keeps a folder only if the parsed object has more than one key. */
function droppedProblem(json: JsonText): Diagnostic[] {
  const { value } = json;
  if (typeof value !== 'object' || value === null || Object.keys(value).length > 1) return [];
  const message = `${json.file} has a single top-level key: the deploy tool drops the whole connection without a word.`;
  return [diagnostic('project.connection-dropped', message, { place: json.place([]) })];
}

function namingProblems(connection: ConnectionFile, json: JsonText, folder: string): Diagnostic[] {
  const problems: Diagnostic[] = [];
  if (connection.name !== folder) {
    const message = `"name" in ${json.file} is not the name of its folder and of "connection" in userferry.json, "${folder}".`;
    problems.push(diagnostic('project.connection-name', message, { place: json.place(['name']) }));
  }
  if (connection.strategy !== 'auth0') {
    const message = `"strategy" in ${json.file} is not "auth0": only that strategy has database action scripts.`;
    problems.push(diagnostic('project.connection-strategy', message, { place: json.place(['strategy']) }));
  }
  if (connection.options?.enabledDatabaseCustomization !== true) {
    const message = `"options.enabledDatabaseCustomization" in ${json.file} is not true: the tenant never runs the scripts.`;
    const place = json.place(['options', 'enabledDatabaseCustomization']);
    problems.push(diagnostic('project.customization-off', message, { place }));
  }
  return problems;
}

function scriptMapProblems(connection: ConnectionFile, json: JsonText): Diagnostic[] {
  return [...scriptMap(connection)].flatMap(([key, { path }]) => {
    if ((SLOTS as readonly string[]).includes(key)) return [];
    const message = `"${key}" in ${json.file} is no slot for a script.${didYouMean(key, SLOTS)}`;
    return [diagnostic('project.slot-unknown', message, { place: json.keyPlace(path) })];
  });
}

export interface ListedScript {
  /** As written: relative to the connection's folder. */
  readonly source: string;
  readonly path: JsonPath;
}

/** `customScripts` of the options and of the top level, the latter second as the tool reads them. */
export function scriptMap(connection: ConnectionFile): ReadonlyMap<string, ListedScript> {
  return new Map([
    ...listed(connection.options?.customScripts, ['options', 'customScripts']),
    ...listed(connection.customScripts, ['customScripts']),
  ]);
}

function listed(
  scripts: Readonly<Record<string, string>> | undefined,
  path: JsonPath,
): (readonly [string, ListedScript])[] {
  return Object.entries(scripts ?? {}).map(([key, source]) => [key, { source, path: [...path, key] }]);
}
