import { PassThrough } from 'node:stream';
import type { Command } from 'commander';
import { expect, it } from 'vitest';
import { JSON_RESULTS } from '#hosts/cli/json-results.ts';
import { createProgram } from '#hosts/cli/program.ts';

/** Commands that do something themselves: those without commands below them, or with options of their own work. */
function working(command: Command, path = ''): readonly string[] {
  return command.commands.flatMap((one) => {
    const name = `${path} ${one.name()}`.trim();
    const below = working(one, name);
    return below.length === 0 ? [name] : below;
  });
}

it('every command has a schema of what it writes with --json', () => {
  const { program } = createProgram({
    stdout: new PassThrough(),
    stderr: new PassThrough(),
    stdin: new PassThrough(),
    env: {},
    folder: '/',
    version: '1.2.3',
  });
  const without = working(program).filter((name) => JSON_RESULTS[name] === undefined);
  expect(without).toEqual([]);
});
