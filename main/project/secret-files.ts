import { chmod, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { ProjectSettings } from '#contract/project-settings.ts';
import { Fault } from '#engine/fault.ts';
import type { SecretVault } from '#engine/ports/secret-vault.ts';
import type { SecretFiles, SecretList, SecretUse } from '#engine/ports/workbench.ts';
import { writeFileAtomically } from '#project/atomic-file.ts';
import { errorCode, fileFault } from '#project/file-fault.ts';
import { inTurn } from '#project/in-turn.ts';
import { withLegacyValues } from '#project/legacy-values.ts';
import { readPlainText } from '#files/plain-file.ts';
import { placeholderNames } from '#project/placeholders.ts';
import { SUPPLIED_NAMES, readSettingsOf } from '#project/project-store.ts';
import { CONNECTIONS_FOLDER, readConnection, scriptMap } from '#project/read-connection.ts';
import { type Environment, PRIVATE_FOLDER, readSecrets, SEALED, SECRETS_FILE } from '#project/secrets.ts';

const DOING = 'keeping a secret';
const fileSchema = z.record(z.string(), z.string());

/** The project's secrets for people: which there are and who asks for them. Values go in and never come out. */
export function createSecretFiles(environment: Environment, vault: SecretVault | null = null): SecretFiles {
  const list = (folder: string) => listSecrets(resolve(folder), environment, vault);
  const change = async (folder: string, edit: (values: Map<string, string>) => void) => {
    await changeFile(resolve(folder), edit);
    return list(folder);
  };
  return {
    list,
    keep: async (folder, name, value) => {
      const text = vault === null ? value : await sealedBy(vault, name, value);
      return change(folder, (values) => values.set(name, text));
    },
    drop: (folder, name) => change(folder, (values) => values.delete(name)),
  };
}

async function sealedBy(vault: SecretVault, name: string, value: string): Promise<string> {
  const answer = await vault.seal(value);
  if (answer === 'plain') return value;
  if (answer !== 'refused') return `${SEALED}${answer.sealed}`;
  throw new Fault('project-unwritable', `${name} was not kept: nothing on this machine would protect it`, {
    doing: DOING,
    help: 'Give it in the environment that the app is started from, or agree to keep it unprotected.',
  });
}

async function listSecrets(
  folder: string,
  environment: Environment,
  vault: SecretVault | null,
): Promise<SecretList> {
  const { settings } = await readSettingsOf(folder);
  const secrets = await readSecrets(folder, environment, vault);
  if (secrets.resealed.size > 0) {
    // A folder that cannot be written keeps the old texts, which still open; the next list tries again.
    await changeFile(folder, (values) => {
      for (const [name, { from, to }] of secrets.resealed)
        if (values.get(name) === from) values.set(name, to);
    }).catch((error: unknown) => {
      if (!(error instanceof Fault)) throw error;
    });
  }
  const uses = settings === null ? [] : await usesOf(folder, settings);
  const kept = new Set(secrets.namesInFile);
  const written = new Set(await writtenNames(folder));
  const fallback = settings === null ? secrets : withLegacyValues(secrets, settings.legacy);
  const names = [...new Set([...uses.map(({ name }) => name), ...written])].sort();
  const described = names.map((name): SecretUse => {
    const mine = uses.filter((use) => use.name === name);
    const inFile = kept.has(name);
    // `${env:NAME}` asks the environment and nobody else.
    const fileHelps = mine.length === 0 || mine.some((use) => !use.environmentOnly);
    const from =
      secrets.fromEnvironment(name) !== null
        ? 'environment'
        : !fileHelps
          ? null
          : inFile
            ? 'file'
            : fallback.get(name) !== null
              ? 'settings'
              : null;
    return { name, set: from !== null, from, inFile, usedBy: [...new Set(mine.map((use) => use.by))] };
  });
  return { file: join(folder, SECRETS_FILE), secrets: described, diagnostics: secrets.problems };
}

interface Use {
  readonly name: string;
  readonly by: string;
  readonly environmentOnly: boolean;
}

async function usesOf(folder: string, { legacy, connection }: ProjectSettings): Promise<Use[]> {
  const reference = 'password' in legacy ? /^\$\{(env|secret):(\w+)\}$/.exec(legacy.password ?? '') : null;
  const uses: Use[] =
    reference === null
      ? []
      : [{ name: reference[2]!, by: 'legacy.password', environmentOnly: reference[1] === 'env' }];
  const read = await readConnection(folder, connection);
  if (read.connection === null) return uses;
  const note = (text: string, by: string) => {
    for (const name of placeholderNames(text)) uses.push({ name, by, environmentOnly: false });
  };
  for (const [name, value] of Object.entries(read.connection.options?.configuration ?? {})) {
    if (typeof value === 'string') note(value, `configuration.${name}`);
  }
  for (const [slot, { source }] of scriptMap(read.connection)) {
    const text = await readPlainText(resolve(folder, CONNECTIONS_FOLDER, connection, source)).catch(() => '');
    note(text, slot);
  }
  // The rehearsal gives these itself where the legacy users are a file.
  const supplied: readonly string[] = 'host' in legacy ? [] : SUPPLIED_NAMES;
  return uses.filter(({ name }) => !supplied.includes(name));
}

/** Also names whose value is still empty. A file that cannot be understood has none; the problems say so. */
async function writtenNames(folder: string): Promise<string[]> {
  try {
    const parsed = fileSchema.safeParse(JSON.parse(await readPlainText(join(folder, SECRETS_FILE))));
    return parsed.success ? Object.keys(parsed.data) : [];
  } catch {
    return [];
  }
}

function changeFile(folder: string, edit: (values: Map<string, string>) => void): Promise<void> {
  const path = join(folder, SECRETS_FILE);
  return inTurn(path, async () => {
    // A folder that is no project gets no secrets.
    await readSettingsOf(folder);
    const values = await valuesAt(path);
    edit(values);
    try {
      await mkdir(join(folder, PRIVATE_FOLDER), { mode: 0o700, recursive: true });
      await writeFileAtomically(path, `${JSON.stringify(Object.fromEntries(values), null, 2)}\n`, 0o600);
      if (process.platform !== 'win32') await chmod(path, 0o600);
    } catch (error) {
      throw fileFault('project-unwritable', error, DOING, path);
    }
  });
}

/** What it holds now. A file that would lose something by being written anew is left alone. */
async function valuesAt(path: string): Promise<Map<string, string>> {
  let text: string;
  try {
    text = await readPlainText(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return new Map();
    throw fileFault('project-invalid', error, DOING, path);
  }
  let value: unknown = null;
  try {
    value = text.trim() === '' ? {} : JSON.parse(text);
  } catch {
    // Told below: the parser's own words may quote the file.
  }
  const parsed = fileSchema.safeParse(value);
  if (parsed.success) return new Map(Object.entries(parsed.data));
  throw new Fault('project-invalid', `${SECRETS_FILE} is not a JSON object of names and texts`, {
    doing: DOING,
    where: path,
    help: 'Correct the file, or delete it and enter its secrets again.',
  });
}
