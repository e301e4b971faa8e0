import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Every bench of the project; each prints a table of its own, with ratios against a baseline of the same run. */
const BENCHES = ['bulk-trial', 'replica', 'store', 'sandbox', 'pipeline', 'audit', 'report'] as const;

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !BENCHES.some((bench) => bench === name));
if (unknown.length > 0) {
  console.error(`npm run bench: there is no "${unknown.join('", "')}"; choose among ${BENCHES.join(', ')}.`);
  process.exit(2);
}
for (const name of chosen.length === 0 ? BENCHES : chosen) {
  console.log(`\n── ${name}`);
  const file = join(import.meta.dirname, `${name}.ts`);
  const { status } = spawnSync(process.execPath, ['--no-node-snapshot', file], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
