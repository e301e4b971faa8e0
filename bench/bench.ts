import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Every bench of the project; each prints a table of its own, with ratios against a baseline of the same run. */
const BENCHES = [
  'bulk-sources',
  'bulk-trial',
  'replica',
  'store',
  'true-hashes',
  'sandbox',
  'pipeline',
  'audit',
  'report',
  'cli-start',
] as const;

const peers = process.argv.includes('--peers');
const chosen = process.argv.slice(2).filter((name) => name !== '--peers');
const unknown = chosen.filter((name) => !BENCHES.some((bench) => bench === name));
if (unknown.length > 0) {
  console.error(`npm run bench: there is no "${unknown.join('", "')}"; choose among ${BENCHES.join(', ')}.`);
  process.exit(2);
}
const named = chosen.length === 0 && !peers ? BENCHES : chosen;
for (const name of peers ? [...named, 'peers'] : named) {
  console.log(`\n── ${name}`);
  const file = join(import.meta.dirname, `${name}.ts`);
  const { status } = spawnSync(process.execPath, ['--no-node-snapshot', file], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
