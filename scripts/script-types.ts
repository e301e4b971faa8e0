// Run by `npm run build:sandbox`; does nothing when no input changed. Gathers the types of what scripts may require, for the editor's type checker, below build/script-types: those that
// packages bring, or else those of @types. One folder without code, so that nothing needs the packages themselves.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SANDBOX_MODULES } from '#sandbox/modules/manifest.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
/** Where packages are looked for, in order. */
const sources = [join(root, 'build/sandbox-packages/node_modules'), join(root, 'node_modules')];
const target = join(root, 'build/script-types/node_modules');

/** Big, and only ever the type of an option that no script of a user store sets. */
const LEFT_OUT = /^@(azure|aws|aws-sdk|smithy|opentelemetry|babel)\//;
const DECLARATION = /\.d\.(ts|mts|cts)$/;
const REFERENCE = /(?:from|import|require\()\s*\(?['"]([^'".][^'"]*)['"]|reference types="([^"]+)"/g;

interface Manifest {
  readonly version: string;
  readonly [field: string]: unknown;
}

const stampFile = join(root, 'build/script-types/stamp');
const stamp = await stampOfInputs();
if (stamp === (await readFile(stampFile, 'utf8').catch(() => null))) process.exit(0);
await rm(join(root, 'build/script-types'), { recursive: true, force: true });
const done = new Set<string>();
const untyped: string[] = [];
await gather('@types/node', folderOf('@types/node'));
for (const { name, versions } of SANDBOX_MODULES) {
  const installed = versions[0]?.installedAs ?? name;
  const own = folderOf(installed);
  if (own !== null && (await declarationsIn(own)).length > 0) await gather(name, own);
  else if (folderOf(`@types/${name}`) !== null) await gather(`@types/${name}`, folderOf(`@types/${name}`));
  else untyped.push(name);
}
await writeFile(join(root, 'build/script-types/untyped.json'), `${JSON.stringify(untyped.sort())}\n`);
await writeFile(stampFile, stamp);
console.log(`build/script-types: ${done.size} packages; without types: ${untyped.join(', ')}`);

/** Locks say which versions there are; this file says what is made of them. */
async function stampOfInputs(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of [
    'package-lock.json',
    'main/sandbox/packages/package-lock.json',
    'scripts/script-types.ts',
  ]) {
    hash.update(await readFile(join(root, file)));
  }
  hash.update(JSON.stringify(SANDBOX_MODULES));
  return hash.digest('hex');
}

function folderOf(name: string): string | null {
  return sources.map((source) => join(source, name)).find((folder) => existsSync(folder)) ?? null;
}

/** Copies the declarations of a package under a name, and whatever they refer to. */
async function gather(name: string, folder: string | null): Promise<void> {
  if (folder === null || done.has(name)) return;
  done.add(name);
  const wanted = new Set<string>();
  for (const path of await declarationsIn(folder)) {
    const place = join(target, name, relative(folder, path));
    await mkdir(dirname(place), { recursive: true });
    const text = await readFile(path, 'utf8');
    // What an answer holds nobody can know: scripts read it without a question.
    await writeFile(
      place,
      text.replaceAll(/(\bjson\s*(?:\(\)\s*:|:\s*\(\)\s*=>)\s*Promise)<unknown>/g, '$1<any>'),
    );
    for (const match of text.matchAll(REFERENCE)) {
      wanted.add(packageName((match[1] ?? match[2])!));
    }
  }
  for (const file of await readdir(folder)) {
    if (/^(licen[cs]e|notice)/i.test(file)) await cp(join(folder, file), join(target, name, file));
  }
  await writeFile(join(target, name, 'package.json'), JSON.stringify(await typesOnly(name, folder)));
  for (const other of wanted) {
    if (other.startsWith('node:') || LEFT_OUT.test(other)) continue;
    const nested = join(folder, 'node_modules', other);
    const own = existsSync(nested) ? nested : folderOf(other);
    if (own !== null && (await declarationsIn(own)).length > 0) await gather(other, own);
    else await gather(typesName(other), folderOf(typesName(other)));
  }
}

function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function typesName(name: string): string {
  return `@types/${name.startsWith('@') ? name.slice(1).replace('/', '__') : name}`;
}

async function declarationsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && DECLARATION.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !relative(folder, path).split(sep).includes('node_modules'));
}

/** What resolution reads of a manifest. */
async function typesOnly(name: string, folder: string): Promise<Record<string, unknown>> {
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;
  const kept = ['version', 'types', 'typings', 'typesVersions', 'exports', 'main', 'type'];
  return {
    name,
    ...Object.fromEntries(kept.flatMap((field) => (field in manifest ? [[field, manifest[field]]] : []))),
  };
}
