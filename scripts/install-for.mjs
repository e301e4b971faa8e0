// node scripts/install-for.mjs <folder> <platform> <arch>: the locked packages as another system would get them.
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runNpm } from './processes.mjs';

const [folder, platform, arch] = process.argv.slice(2);
const root = dirname(dirname(fileURLToPath(import.meta.url)));
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const name of ['package.json', 'package-lock.json']) copyFileSync(join(root, name), join(folder, name));
process.exitCode = await runNpm(folder, [
  'ci',
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  `--os=${platform}`,
  `--cpu=${arch}`,
  ...(platform === 'linux' ? ['--libc=glibc'] : []),
]);
