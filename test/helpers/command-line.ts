import { PassThrough, Readable, Writable } from 'node:stream';
import { CommanderError } from 'commander';
import { createProgram } from '#hosts/cli/program.ts';

export interface Said {
  readonly command: string;
  readonly code: number;
  /** What went to both outputs. */
  readonly text: string;
}

/** The command line in this process: everything of it but its start. For tests that need many commands. */
export async function commandLine(
  words: readonly string[],
  folder: string,
  input: string | null = null,
): Promise<Said> {
  let text = '';
  const output = () =>
    new Writable({
      write: (chunk, _encoding, done) => {
        text += String(chunk);
        done();
      },
    });
  const { program, runner } = createProgram({
    stdout: output(),
    stderr: output(),
    stdin: input === null ? new PassThrough().end() : Readable.from([Buffer.from(input)]),
    env: { NO_COLOR: '1' },
    folder,
    version: '0.0.0',
  });
  const command = words.slice(0, 3).join(' ');
  try {
    await program.parseAsync(words, { from: 'user' });
    return { command, code: runner.exitCode, text };
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { command, code: error.exitCode === 0 ? 0 : 2, text };
  }
}
