import process from 'node:process';
import { WrongOptions } from './common/options.ts';
import { type BenchCommand, HELP, readCommand } from './common/command-line.ts';
import { headOf, readRun, type StoredRun, storedRun, writeRun } from './common/result-file.ts';
import { runBenches } from './common/run-benches.ts';
import { beforeAndNow, tableOf } from './common/table.ts';

/*
 * Runs benches and prints one table of their figures, each beside a baseline of the same run. See HELP.
 */
async function main(command: BenchCommand): Promise<void> {
  const earlier = command.compare === null ? null : readRun(command.compare);
  const run = command.read === null ? await freshRun(command) : readRun(command.read);
  if (command.json !== null && command.read !== null) writeRun(command.json, run);
  console.log(`\n${headOf(run)}\n\n${tableOf(run.rows)}`);
  if (earlier === null) return;
  // What this run did not go through would only stand there as missing.
  const ran = new Set(run.benches.map(({ name }) => name));
  const before = earlier.rows.filter(({ bench }) => ran.has(bench));
  console.log(`\nbefore: ${headOf(earlier)}\n\n${beforeAndNow(before, run.rows)}`);
}

async function freshRun({ names, passedOn, json }: BenchCommand): Promise<StoredRun> {
  const startedAt = new Date();
  const asked = [...names, ...passedOn];
  const ran = await runBenches(names, passedOn, (sofar) => {
    if (json !== null) writeRun(json, storedRun(sofar, asked, startedAt));
  });
  if (ran.benches.some(({ endedWell }) => !endedWell)) process.exitCode = 1;
  return storedRun(ran, asked, startedAt);
}

try {
  const command = readCommand(process.argv.slice(2));
  if (command.help) console.log(HELP);
  else await main(command);
} catch (error) {
  if (!(error instanceof WrongOptions)) throw error;
  console.error(`npm run bench: ${error.message}\n\n${HELP}`);
  process.exitCode = 2;
}
