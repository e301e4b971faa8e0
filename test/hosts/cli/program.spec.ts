import { PassThrough, Writable } from 'node:stream';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { completionScript } from '#hosts/cli/completion-script.ts';
import { createProgram } from '#hosts/cli/program.ts';

function program(): { readonly program: Command; readonly output: () => string } {
  let text = '';
  const stdout = new Writable({
    write: (chunk, _encoding, done) => {
      text += String(chunk);
      done();
    },
  });
  const { program: made } = createProgram({
    stdout,
    stderr: new PassThrough(),
    stdin: new PassThrough(),
    env: {},
    folder: '/',
    version: '1.2.3',
  });
  return { program: made, output: () => text };
}

function every(command: Command, path = ''): readonly (readonly [string, Command])[] {
  return command.commands.flatMap((one) => {
    const name = `${path} ${one.name()}`.trim();
    return [[name, one] as const, ...every(one, name)];
  });
}

describe('the commands', () => {
  it('are these', () => {
    expect(every(program().program).map(([name]) => name)).toEqual([
      'init',
      'legacy',
      'legacy inspect',
      'check',
      'hash',
      'trial',
      'trial lazy',
      'trial bulk',
      'trial mixed',
      'trial resume',
      'trials',
      'trials list',
      'trials show',
      'trials compare',
      'trials delete',
      'report',
      'try',
      'export',
      'verify',
      'flow',
      'jobs',
      'jobs import',
      'jobs list',
      'jobs show',
      'jobs errors',
      'lint',
      'explain',
      'assumptions',
      'modules',
      'demo',
      'completion',
      'version',
    ]);
  });

  it('all say what they do and give examples', () => {
    const { program: made, output } = program();
    const silent = every(made).flatMap(([name, command]) => {
      const before = output().length;
      command.outputHelp();
      const help = output().slice(before);
      return help.includes('Examples:') && command.description() !== '' ? [] : [name];
    });
    expect(silent).toEqual([]);
  });
});

describe('completion', () => {
  it.each(['bash', 'zsh', 'fish'] as const)('for %s knows every command and choice', (shell) => {
    const { program: made } = program();
    const script = completionScript(made, shell);
    const words = [
      ...every(made).flatMap(([name]) => name.split(' ')),
      'profiles',
      'formats',
      'assumed',
      'proven',
      'lazy-first',
      'right-password',
      'change_email',
      'junit',
    ];
    expect(words.filter((word) => !new RegExp(`[\\s"'|]${word}[\\s"'|]`).test(script))).toEqual([]);
  });
});
