import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { Fault } from '#engine/fault.ts';
import type { InitRequest, InitResult } from '#engine/ports/ports.ts';
import { type NewFile, writeNewFolder } from '#project/new-folder.ts';
import { CONNECTIONS_FOLDER } from '#project/read-connection.ts';
import { SETTINGS_FILE } from '#project/read-settings.ts';
import { sampleFiles } from '#project/sample-files.ts';
import { PRIVATE_FOLDER, SECRETS_FILE } from '#project/secrets.ts';
import { type Start, type Starter, type StarterAnswers, STARTS, starter } from '#project/starter-settings.ts';

const TEMPLATES = join(import.meta.dirname, '../../templates');
const DEFAULT_USERS = 20_000;
const DEFAULT_SEED = 1;

/**
 * Writes a new project: settings, a connection with its scripts, what git must not see, a short README, and for
 * `sample` a whole legacy store. All of it or nothing; nothing that exists is overwritten. `now` is the date that
 * a sample pretends to have been copied on. Faults: `input-invalid`, `project-unwritable`.
 */
export async function initProject(
  request: InitRequest & { readonly answers?: StarterAnswers },
  now: number,
): Promise<InitResult> {
  const folder = resolve(request.folder);
  const from = startOf(request.from);
  const name = request.name ?? basename(folder);
  const start = starter(from, name, request.answers ?? {});
  const files = [...(await projectFiles(start))];
  if (from === 'sample') {
    const options = { seed: request.seed ?? DEFAULT_SEED, users: request.users ?? DEFAULT_USERS, now };
    files.push(...(await pipelineFiles()), ...sampleFiles(options));
  }
  await writeNewFolder(folder, files);
  const project = `--project ${shellWord(folder)}`;
  return {
    folder,
    files: files.flatMap((file) => ('folder' in file ? [] : [file.path])).toSorted(),
    // The sample's settings fit already; in any other store table and columns have other names than the template's.
    next: [
      ...(from === 'sample' ? [] : [`legacy inspect --write ${project}`]),
      `check ${project}`,
      `trial bulk ${project}`,
      `trial lazy ${project}`,
    ],
  };
}

function startOf(from: string): Start {
  const start = STARTS.find((known) => known === from);
  if (start !== undefined) return start;
  throw new Fault('input-invalid', `a project cannot start from "${from}"`, {
    doing: 'writing the project',
    help: `Choose one of ${STARTS.join(', ')}.`,
  });
}

async function projectFiles(start: Starter): Promise<readonly NewFile[]> {
  const connection = `${CONNECTIONS_FOLDER}/${start.settings.connection}`;
  const [login, getUser, readme, gitignore] = await Promise.all([
    template(`${start.scripts}/login.js`),
    template(`${start.scripts}/get_user.js`),
    template('project/README.md'),
    template('project/gitignore'),
  ]);
  const values = { name: start.settings.name, source: start.source, connection: start.settings.connection };
  return [
    text('README.md', fill(readme, values)),
    text('.gitignore', gitignore + start.ignored.map((line) => `${line}\n`).join('')),
    text(`${connection}/database.json`, json(start.connection)),
    text(`${connection}/login.js`, login),
    text(`${connection}/get_user.js`, getUser),
    { path: PRIVATE_FOLDER, folder: true, mode: 0o700 },
    { ...text(SECRETS_FILE, json(start.secrets)), mode: 0o600 },
    // Last: a folder is a project from the moment it has its settings.
    text(SETTINGS_FILE, json(start.settings)),
  ];
}

const SAMPLE_ACTIONS = ['deny-accounts-on-hold', 'add-shop-claims', 'note-first-login'];

/** The sample's Actions: one of them denies, one loses a claim. */
function pipelineFiles(): Promise<readonly NewFile[]> {
  const paths = SAMPLE_ACTIONS.flatMap((name) => [`actions/${name}.json`, `actions/${name}/code.js`]);
  return Promise.all(
    [...paths, 'triggers/triggers.json'].map(async (path) => text(path, await template(`sample/${path}`))),
  );
}

function text(path: string, content: string): NewFile {
  return { path, content, mode: 0o644 };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function fill(markdown: string, values: Readonly<Record<string, string>>): string {
  return markdown.replaceAll(/\{\{(\w+)\}\}/g, (_marker, name: string) => values[name]!);
}

function template(path: string): Promise<string> {
  return readFile(join(TEMPLATES, path), 'utf8');
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./\\-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
