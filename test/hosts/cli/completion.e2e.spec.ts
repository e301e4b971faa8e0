import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeWith } from '#test/describe-with.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';
import { userferry } from '#test/userferry.ts';

/**
 * What each shell is told to offer, by the shell itself. Bash and zsh call completion functions with the words typed
 * so far; outside their line editors those words are set, and zsh's builtin is replaced by one that prints.
 */
const SHELLS = {
  bash: [
    '-c',
    'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _userferry; printf "%s\\n" "${COMPREPLY[@]}"',
    'bash',
  ],
  zsh: [
    '-f',
    '-c',
    'compdef() { :; }; compadd() { shift; print -l -- ${(M)@:#${PREFIX}*}; }; _files() { :; }; source "$1"; shift; words=("$@"); CURRENT=$#; PREFIX="${words[-1]}"; _userferry',
    'zsh',
  ],
  fish: [
    '--no-config',
    '-c',
    'source $argv[1]; complete -C (string join -- " " $argv[2..]) | string split -f1 \\t',
  ],
} as const;

for (const shell of ['bash', 'zsh', 'fish'] as const) {
  const there = spawnSync(shell, ['-c', 'exit 0']).status === 0;
  describeWith(`completion in ${shell}`, there ? null : shell, () => suite(shell), {
    required: shell === 'bash',
  });
}

function suite(shell: keyof typeof SHELLS): void {
  it('completes commands, options and their values', async () => {
    const file = join(temporaryFolder('completion'), `userferry.${shell}`);
    writeFileSync(file, (await userferry(['completion', shell])).stdout);
    const offered = (...typed: readonly string[]) => {
      const { stdout, stderr } = spawnSync(shell, [...SHELLS[shell], file, 'userferry', ...typed], {
        encoding: 'utf8',
      });
      if (stderr !== '') throw new Error(stderr);
      return stdout.trim().split('\n').toSorted();
    };
    expect({
      commands: offered('tri'),
      kinds: offered('trial', ''),
      afterGlobalOption: offered('-p', 'acme', 'trial', 'l'),
      depths: offered('trial', 'lazy', '--depth', ''),
      options: offered('trial', 'mixed', '--lazy'),
      slots: offered('try', 'change'),
      formats: offered('report', '--format', 'j'),
    }).toEqual({
      commands: ['trial', 'trials'],
      kinds: expect.arrayContaining(['bulk', 'lazy', 'mixed', 'resume']),
      afterGlobalOption: ['lazy'],
      depths: ['assumed', 'formats', 'profiles', 'proven'],
      options: ['--lazy-days'],
      slots: ['change_email', 'change_password'],
      formats: ['json', 'junit'],
    });
  });
}
