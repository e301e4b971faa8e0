// Writes build/desktop: the shell's main process as one ES module, and its preload script as CommonJS, which is
// all that a sandboxed renderer can load. Licences of what is bundled are written beside them.
import { rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const target = join(root, 'build', 'desktop');

await rm(target, { recursive: true, force: true });
await bundle('main', 'main/hosts/electron/main.ts', { format: 'es', entryFileNames: 'main.js' });
await bundle('preload', 'preload/preload.ts', { format: 'cjs', entryFileNames: 'preload.cjs' });

async function bundle(
  folder: string,
  entry: string,
  output: { readonly format: 'es' | 'cjs'; readonly entryFileNames: string },
): Promise<void> {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true, external: ['electron'] },
    build: {
      ssr: join(root, entry),
      outDir: join(target, folder),
      target: 'node24',
      minify: false,
      license: { fileName: 'licences.md' },
      rollupOptions: { output: { ...output, codeSplitting: false } },
    },
  });
}
