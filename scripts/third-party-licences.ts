// Collects the licences of everything that is bundled into build/sandbox into dist/THIRD-PARTY-LICENSES.txt.
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const bundled = join(root, 'build', 'sandbox-packages');
const NODE_BINARIES = /^node-(bin-)?(linux|darwin|win)-/;

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string | { readonly type?: string };
}

const folders = await packageFolders(join(bundled, 'node_modules'));
if (folders.length === 0) throw new Error(`${bundled} holds no packages; run "npm run build:sandbox" first`);
const sections: string[] = [];
for (const folder of folders.sort()) sections.push(await section(folder));
const collected = `Licences of the software that is bundled into build/sandbox\n\n${sections.join('\n')}`;
const target = resolve(root, process.argv[2] ?? 'dist');
await mkdir(target, { recursive: true });
await writeFile(join(target, 'THIRD-PARTY-LICENSES.txt'), collected);
console.log(`${relative(root, target)}: licences of ${sections.length} packages`);

/** All packages below a node_modules folder, nested ones too. Of the Node binaries one licence is enough. */
async function packageFolders(modules: string): Promise<string[]> {
  if (!existsSync(modules)) return [];
  const found: string[] = [];
  for (const name of await readdir(modules)) {
    if (name.startsWith('.')) continue;
    const scoped = name.startsWith('@');
    const names = scoped ? (await readdir(join(modules, name))).map((inner) => join(name, inner)) : [name];
    for (const one of names) {
      const folder = join(modules, one);
      if (!existsSync(join(folder, 'package.json'))) continue;
      found.push(folder, ...(await packageFolders(join(folder, 'node_modules'))));
    }
  }
  return found;
}

async function section(folder: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;
  const name = NODE_BINARIES.test(manifest.name) ? 'Node.js' : manifest.name;
  const licence =
    typeof manifest.license === 'string' ? manifest.license : (manifest.license?.type ?? 'see below');
  const file = (await readdir(folder)).find((one) => /^(licen[cs]e|copying)/i.test(one));
  const text =
    file === undefined
      ? 'The package comes without a licence file.'
      : await readFile(join(folder, file), 'utf8');
  return `${'='.repeat(100)}\n${name} ${manifest.version}: ${licence}\n\n${text.trim()}\n`;
}
