import { join, resolve } from 'node:path';
import type { LegacyConnection } from '#contract/project-settings.ts';
import { diagnostic } from '#domain/diagnostics/catalog.ts';
import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import { Fault } from '#engine/fault.ts';
import type { Project, ProjectStore } from '#engine/ports/project-store.ts';
import type { SecretVault } from '#engine/ports/secret-vault.ts';
import { connectionOptions } from '#project/connection-options.ts';
import { errorCode, fileFault } from '#project/file-fault.ts';
import { withLegacyValues } from '#project/legacy-values.ts';
import { readPlainText } from '#files/plain-file.ts';
import { readConfiguration } from '#project/read-configuration.ts';
import { readConnection } from '#project/read-connection.ts';
import { readPipeline } from '#project/read-pipeline.ts';
import { readScripts } from '#project/read-scripts.ts';
import { type ReadSettings, readSettings, SETTINGS_FILE } from '#project/read-settings.ts';
import { type Environment, readSecrets, resolveReference, type Secrets } from '#project/secrets.ts';

/** Names that a rehearsal supplies itself where the legacy users are a file: see the lookup service. */
export const SUPPLIED_NAMES = ['LEGACY_URL', 'LEGACY_API_KEY'] as const;
const FILE_ENGINES: readonly LegacyConnection['engine'][] = ['sqlite', 'csv', 'ndjson'];

/** Reads project folders. The environment is what the host was started with, as a plain record. */
export function createProjectStore(environment: Environment, vault: SecretVault | null = null): ProjectStore {
  return { open: (folder) => openProject(resolve(folder), environment, vault) };
}

async function openProject(
  folder: string,
  environment: Environment,
  vault: SecretVault | null,
): Promise<Project> {
  const { settings, problems } = await readSettingsOf(folder);
  if (settings === null) throw invalid(problems);
  const secrets = await readSecrets(folder, environment, vault);
  const pipeline = await readPipeline(folder, secrets);
  const withPipeline = pipeline === null ? {} : { pipeline };
  const read = await readConnection(folder, settings.connection);
  const found: Diagnostic[] = [
    ...secrets.problems,
    ...referenceProblems(settings.legacy, secrets),
    ...read.problems,
  ];
  if (read.connection === null || read.json === null) {
    return {
      folder,
      settings,
      scripts: new Map(),
      configuration: {},
      configurationNames: [],
      connection: connectionOptions(settings.connection, null),
      ...withPipeline,
      problems: found,
    };
  }
  const supplied = FILE_ENGINES.includes(settings.legacy.engine) ? SUPPLIED_NAMES : [];
  const filling = withLegacyValues(secrets, settings.legacy);
  const configuration = readConfiguration(read.connection, read.json, filling, supplied);
  const scripts = await readScripts(folder, settings.connection, read.connection, read.json, secrets);
  return {
    folder,
    settings,
    scripts: scripts.scripts,
    configuration: configuration.values,
    configurationNames: configuration.names,
    connection: connectionOptions(settings.connection, read.connection),
    ...withPipeline,
    problems: [...found, ...configuration.problems, ...scripts.problems],
  };
}

/** The settings of a folder, or what is wrong with them. Faults: `project-missing`, `project-newer`. */
export async function readSettingsOf(folder: string): Promise<ReadSettings> {
  let text: string;
  try {
    text = await readPlainText(join(folder, SETTINGS_FILE));
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' && errorCode(error) !== 'ENOTDIR') {
      throw fileFault('project-missing', error, `reading ${SETTINGS_FILE}`, folder);
    }
    throw new Fault('project-missing', `there is no ${SETTINGS_FILE} in this folder`, {
      doing: 'opening the project',
      where: folder,
      help: 'Name a project folder, or make one with "userferry init".',
    });
  }
  return readSettings(text);
}

function invalid(problems: readonly Diagnostic[]): Fault {
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  const place = problems[0]?.place;
  const line = place?.kind === 'file' && place.line !== undefined ? `:${place.line}:${place.column}` : '';
  return new Fault('project-invalid', `${problems[0]!.message.replace(/\.$/, '')}${more}`, {
    doing: 'opening the project',
    where: `${SETTINGS_FILE}${line}`,
    help: problems[0]!.help ?? 'Correct the settings.',
    problems,
  });
}

function referenceProblems(legacy: LegacyConnection, secrets: Secrets): Diagnostic[] {
  if (!('password' in legacy) || legacy.password === undefined) return [];
  if (resolveReference(legacy.password, secrets) !== null) return [];
  const message = `The password of the legacy database, ${legacy.password}, has no value.`;
  return [
    diagnostic('project.secret-missing', message, { place: { kind: 'setting', name: 'legacy.password' } }),
  ];
}
