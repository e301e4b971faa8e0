import { ORPCError } from '@orpc/server';
import { describe, expect, it } from 'vitest';
import { exitCodeOfTrouble, troubleOf, troubleText, UsageError } from '#hosts/cli/trouble.ts';
import { NativeModuleMissing } from '#hosts/native-modules.ts';

const STYLE = { width: 80, colour: false };

describe('trouble becomes one clean block', () => {
  it('of a fault: what, where, why, how to go on', () => {
    const fault = new ORPCError('FAULT', {
      defined: true,
      message: 'the legacy database does not answer',
      data: {
        kind: 'legacy-unreachable',
        retryable: true,
        where: 'db.acme.example:5432',
        doing: 'reading page after 4711 of users',
        help: 'Check that the host is reachable from here.',
      },
    });
    expect(troubleText(troubleOf(fault), STYLE)).toBe(
      [
        'userferry: the legacy database does not answer',
        '  fault   legacy-unreachable',
        '  where   db.acme.example:5432',
        '  while   reading page after 4711 of users',
        '  go on   Check that the host is reachable from here.',
        '',
      ].join('\n'),
    );
  });

  it('of a bug: says so, shows no stack', () => {
    const text = troubleText(troubleOf(new TypeError('x is not a function')), STYLE);
    expect(text).toBe(
      [
        'userferry: met a state that should not exist',
        '  why     TypeError: x is not a function',
        '  go on   This is a mistake of ours. Run the command again with --debug and',
        '          report what it prints.',
        '',
      ].join('\n'),
    );
  });

  it('of input that does not fit: names the value', () => {
    const error = new ORPCError('BAD_REQUEST', {
      message: 'Input validation failed',
      data: { issues: [{ path: ['filter', 'limit'], message: 'Too small' }] },
    });
    expect(troubleOf(error)).toEqual({
      kind: 'usage',
      message: 'filter.limit: Too small',
      help: 'Run the command with --help to see what it takes.',
    });
  });

  it('of files, usage and installation', () => {
    const file = Object.assign(new Error('EACCES: permission denied'), {
      code: 'EACCES',
      syscall: 'open',
      path: '/root/report.html',
    });
    expect([
      troubleOf(file),
      troubleOf(new UsageError('which code?', 'Give one.')),
      troubleOf(new NativeModuleMissing('gone')),
    ]).toEqual([
      {
        kind: 'file',
        message: 'no permission (EACCES)',
        where: '/root/report.html',
        help: 'Choose a place that this account may use, or ask its owner.',
      },
      { kind: 'usage', message: 'which code?', help: 'Give one.' },
      { kind: 'installation', message: 'gone' },
    ]);
  });

  it('has exit code 2, and 130 for whoever cancelled', () => {
    expect([
      exitCodeOfTrouble({ kind: 'file', message: '' }),
      exitCodeOfTrouble({ kind: 'cancelled', message: '' }),
    ]).toEqual([2, 130]);
  });
});
