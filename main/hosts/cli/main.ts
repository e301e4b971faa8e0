import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CommanderError } from 'commander';
import { EXIT, type ExitCode } from '#hosts/cli/exit-code.ts';
import { createProgram } from '#hosts/cli/program.ts';
import type { Surroundings } from '#hosts/cli/surroundings.ts';
import { tellCrashes } from '#hosts/crash.ts';

/** Time for sockets and workers to end by themselves once the answer is out. */
const LINGER_MS = 2_000;

const manifest = fileURLToPath(new URL('../../../package.json', import.meta.url));
const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string };

tellCrashes(process.argv.includes('--debug'));

// Whoever reads our output may stop early, as `head` does; that is no error of ours.
for (const output of [process.stdout, process.stderr]) {
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(process.exitCode);
  });
}

process.exitCode = await main({
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: process.stdin,
  env: process.env,
  folder: process.cwd(),
  version,
});
setTimeout(() => process.exit(), LINGER_MS).unref();

async function main(surroundings: Surroundings): Promise<ExitCode> {
  const { program, runner } = createProgram(surroundings);
  const words = process.argv.slice(2);
  try {
    if (words.length === 0) program.help();
    await program.parseAsync(words, { from: 'user' });
    return runner.exitCode;
  } catch (error) {
    // Help and version end this way too, with code 0; everything else of commander's is wrong usage.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.clean : EXIT.failed;
    throw error;
  }
}
