// Writes dist/: main/ as plain JavaScript, file by file, because Node does not strip types below node_modules.
// The folders stay the same and so do the line numbers, so that paths relative to a file and places in errors
// mean the same in a checkout and in an installed package.
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rewriteSpecifiers } from './rewrite-specifiers.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const source = join(root, 'main');
/** Elsewhere for a desktop package, which has an engine of its own. */
const target = resolve(root, process.argv[2] ?? 'dist');

const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
  readonly imports: Readonly<Record<string, string>>;
};

await rm(target, { recursive: true, force: true });
let written = 0;
for (const entry of await readdir(source, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const path = join(entry.parentPath, entry.name);
  // These two build build/sandbox, which the package brings along.
  if (['build', 'packages'].some((name) => path.startsWith(join(source, 'sandbox', name, sep)))) continue;
  // The shell is bundled by itself, and a package for the command line has no Electron.
  if (path.startsWith(join(source, 'hosts', 'electron', sep))) continue;
  const out = join(target, relative(source, path));
  await mkdir(dirname(out), { recursive: true });
  if (path.endsWith('.ts') && !path.endsWith('.d.ts')) {
    await writeFile(out.replace(/\.ts$/, '.js'), javascript(path, await readFile(path, 'utf8')));
  } else {
    await copyFile(path, out);
  }
  written += 1;
}
console.log(`${relative(root, target)}: ${written} files`);

function javascript(path: string, text: string): string {
  const code = stripTypeScriptTypes(text, { mode: 'strip' });
  return rewriteSpecifiers(code, (specifier) => {
    const layer = Object.entries(manifest.imports).find(
      ([name]) => name.endsWith('/*') && specifier.startsWith(name.slice(0, -1)),
    );
    if (layer === undefined) return specifier;
    const [name, place] = layer;
    const file = join(root, place.slice(0, -1), specifier.slice(name.length - 1));
    const short = relative(dirname(path), file).split(sep).join('/');
    return short.startsWith('.') ? short : `./${short}`;
  });
}
