import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { diagnostic } from '#domain/diagnostics/catalog.ts';
import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import { Secret } from '#domain/secret.ts';
import type { SecretVault } from '#engine/ports/secret-vault.ts';
import { errorCode } from '#project/file-fault.ts';
import { readJsonText } from '#project/json-text.ts';
import { readPlainText } from '#files/plain-file.ts';

export const PRIVATE_FOLDER = '.userferry';
export const SECRETS_FILE = `${PRIVATE_FOLDER}/secrets.json`;

/** In front of a text in the secrets file that a vault has sealed. */
export const SEALED = 'sealed:';

/** Plain names and texts, handed in by the host: nothing here reads the process's own environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface Secrets {
  /** From the environment, or else from the project's secrets file. */
  get(name: string): Secret | null;
  fromEnvironment(name: string): Secret | null;
  /** Names that have a value in the project's secrets file. */
  readonly namesInFile: readonly string[];
  /** Texts of the file, by name, that are to take the place of those there: the system changed its key. */
  readonly resealed: ReadonlyMap<string, Resealed>;
  readonly problems: readonly Diagnostic[];
}

export interface Resealed {
  readonly from: string;
  readonly to: string;
}

const fileSchema = z.record(z.string(), z.string());

/** The secrets of a project. A missing file is an empty one. */
export async function readSecrets(
  folder: string,
  environment: Environment,
  vault: SecretVault | null = null,
): Promise<Secrets> {
  const { values, resealed, problems } = await readSecretsFile(folder, vault);
  const fromEnvironment = (name: string): Secret | null => {
    const value = Object.hasOwn(environment, name) ? environment[name] : undefined;
    return value === undefined || value === '' ? null : new Secret(value);
  };
  return {
    get: (name) => fromEnvironment(name) ?? values.get(name) ?? null,
    fromEnvironment,
    namesInFile: [...values.keys()],
    resealed,
    problems,
  };
}

/**
 * Resolves `${env:NAME}` (the environment only) or `${secret:NAME}` (wherever the host and the project keep
 * secrets); null where nobody gave a value.
 */
export function resolveReference(reference: string, secrets: Secrets): Secret | null {
  const parts = /^\$\{(env|secret):([A-Za-z_][A-Za-z0-9_]*)\}$/.exec(reference);
  if (parts === null) return null;
  return parts[1] === 'env' ? secrets.fromEnvironment(parts[2]!) : secrets.get(parts[2]!);
}

interface SecretsFile {
  readonly values: ReadonlyMap<string, Secret>;
  readonly resealed: ReadonlyMap<string, Resealed>;
  readonly problems: readonly Diagnostic[];
}

async function readSecretsFile(folder: string, vault: SecretVault | null): Promise<SecretsFile> {
  const path = join(folder, SECRETS_FILE);
  const place = { kind: 'file', path: SECRETS_FILE } as const;
  let text: string;
  let mode: number;
  try {
    [text, { mode }] = await Promise.all([readPlainText(path), stat(path)]);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { values: new Map(), resealed: new Map(), problems: [] };
    const message = `${SECRETS_FILE} cannot be read (${errorCode(error)}).`;
    return {
      values: new Map(),
      resealed: new Map(),
      problems: [diagnostic('project.secrets-unreadable', message, { place })],
    };
  }
  const problems: Diagnostic[] = [];
  // Windows has no such bits: there the file inherits the folder's access list.
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    const octal = (mode & 0o777).toString(8).padStart(4, '0');
    const message = `${SECRETS_FILE} can be read by other accounts of this machine (mode ${octal}).`;
    problems.push(diagnostic('project.secrets-permissions', message, { place }));
  }
  const parsed = fileSchema.safeParse(readJsonText(SECRETS_FILE, text).value);
  if (!parsed.success) {
    const message = `${SECRETS_FILE} is not a JSON object of names and texts.`;
    problems.push(diagnostic('project.secrets-unreadable', message, { place }));
    return { values: new Map(), resealed: new Map(), problems };
  }
  // An empty text is a name that nobody has filled in yet, as "userferry init" writes it.
  const filled = Object.entries(parsed.data).filter(([, value]) => value !== '');
  const values = new Map<string, Secret>();
  const resealed = new Map<string, Resealed>();
  for (const [name, value] of filled) {
    if (!value.startsWith(SEALED)) {
      values.set(name, new Secret(value));
      continue;
    }
    const opened = (await vault?.open(value.slice(SEALED.length))) ?? null;
    if (opened === null) {
      problems.push(diagnostic('project.secret-sealed', `${name} cannot be opened here.`, { place }));
      continue;
    }
    values.set(name, new Secret(opened.text));
    if (opened.resealed !== null) resealed.set(name, { from: value, to: `${SEALED}${opened.resealed}` });
  }
  return { values, resealed, problems };
}
