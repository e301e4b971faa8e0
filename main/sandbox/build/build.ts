/**
 * Builds what runs inside the sandbox into `build/sandbox`: `core.js` (Node 22's lib on the guest's bindings), one
 * file per module version, and `manifest.json`. Run by `npm run build:sandbox`; does nothing when no input changed.
 * Node's lib is taken from an installed Node binary each time and never committed.
 */
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuiltFile, BuiltModule, SandboxManifest } from '../guest/guest-api.ts';
import { PATHS } from './paths.ts';
import { inputsChecksum, isUpToDate, writeStamp } from './stamp.ts';

const say = (line: string): void => {
  process.stdout.write(`sandbox build: ${line}\n`);
};

function writeBuilt(folder: string, file: string, text: string): BuiltFile {
  writeFileSync(join(folder, file), text);
  return { file, bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') };
}

/** Builds into a folder of its own and moves it into place at the end, so that nobody reads half a build. */
async function buildAll(checksum: string): Promise<void> {
  const { installPackages } = await import('./install-packages.ts');
  installPackages(say);
  // Loaded late: esbuild takes longer to load than the whole check of an unchanged build.
  const [{ dumpNode }, { bundleCore }, { bundleModules }] = await Promise.all([
    import('./node-dump.ts'),
    import('./bundle-core.ts'),
    import('./bundle-modules.ts'),
  ]);
  const fresh = join(PATHS.work, 'fresh');
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(join(fresh, 'modules'), { recursive: true });

  const dump = dumpNode(say);
  const nodeVersion = dump.version.slice(1);
  say(`bundling the lib of Node ${nodeVersion} and the guest`);
  const core = writeBuilt(fresh, 'core.js', await bundleCore(dump));
  const modules: BuiltModule[] = [];
  for await (const { text, ...module } of bundleModules(say)) {
    modules.push({ ...module, ...writeBuilt(fresh, `modules/${module.name}@${module.version}.js`, text) });
  }
  const errors = Object.fromEntries(dump.uvErrors.map(([number, [name]]) => [name, number]));
  const manifest: SandboxManifest = { nodeVersion, errors, core, modules };
  writeFileSync(join(fresh, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);

  rmSync(PATHS.output, { recursive: true, force: true });
  cpSync(fresh, PATHS.output, { recursive: true });
  rmSync(fresh, { recursive: true });
  writeStamp(checksum);
  const megabytes = modules.reduce((sum, module) => sum + module.bytes, core.bytes) / 1e6;
  say(
    `done: ${modules.length} modules, ${megabytes.toFixed(1)} MB in ${PATHS.output.slice(PATHS.root.length)}`,
  );
}

const checksum = inputsChecksum();
if (isUpToDate(checksum)) say('up to date');
else await buildAll(checksum);
