import { readdirSync } from 'node:fs';
import { PassThrough, Writable } from 'node:stream';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { TRIGGER_NAMES } from '#domain/pipeline/triggers.ts';
import { TIER_NAMES } from '#domain/plan/tiers.ts';
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
  it('are as many as there are files of commands, and none stands twice', () => {
    const folder = new URL('../../../main/hosts/cli/commands/', import.meta.url);
    const files = readdirSync(folder).map((file) => file.replace(/\.ts$/, ''));
    const names = program().program.commands.map((command) => command.name());
    expect(names.toSorted()).toEqual(files.toSorted());
  });

  it('of trials are these: scripts of others rely on them', () => {
    const all = every(program().program).map(([name]) => name);
    expect(all.filter((name) => /^trials? /.test(name)).toSorted()).toEqual([
      'trial bulk',
      'trial lazy',
      'trial mixed',
      'trial resume',
      'trials compare',
      'trials delete',
      'trials list',
      'trials show',
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

it.each([
  ['plan', TIER_NAMES],
  ['pipeline run', TRIGGER_NAMES],
] as const)('%s offers the choices that the contract takes, which help cannot load', (name, known) => {
  const command = every(program().program).find(([one]) => one === name)![1];
  const offered = [
    ...command.options.map(({ argChoices }) => argChoices),
    ...command.registeredArguments.map(({ argChoices }) => argChoices),
  ];
  expect(offered).toContainEqual(known);
});

describe('completion', () => {
  it.each(['bash', 'zsh', 'fish'] as const)('for %s knows every command and choice', (shell) => {
    const { program: made } = program();
    const script = completionScript(made, shell);
    const commands = every(made);
    const words = new Set([
      ...commands.flatMap(([name]) => name.split(' ')),
      ...commands.flatMap(([, { options }]) => options.flatMap((option) => option.argChoices ?? [])),
      ...commands.flatMap(([, one]) => one.registeredArguments.flatMap(({ argChoices }) => argChoices ?? [])),
    ]);
    const stands = (word: string) =>
      new RegExp(`[\\s"'|]${word.replaceAll('+', String.raw`\+`)}[\\s"'|]`).test(script);
    expect([...words].filter((word) => !stands(word))).toEqual([]);
  });
});
