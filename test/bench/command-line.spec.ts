import { expect, test } from 'vitest';
import { BENCHES, readCommand } from '../../bench/common/command-line.ts';
import { WrongOptions } from '../../bench/common/options.ts';

const NOTHING = { help: false, passedOn: [], json: null, compare: null, read: null };

test.each([
  ['nothing: all but those that want naming', [], { ...NOTHING, names: [...BENCHES] }],
  [
    'benches and options, which every bench gets as they are',
    ['audit', 'grid', '--users', '20_000', '--quick', '--json', 'now.json'],
    {
      ...NOTHING,
      names: ['audit', 'grid'],
      passedOn: ['--users', '20_000', '--quick'],
      json: 'now.json',
    },
  ],
  ['peers alone', ['--peers'], { ...NOTHING, names: ['peers'] }],
  ['peers with others', ['memory', '--peers'], { ...NOTHING, names: ['memory', 'peers'] }],
] as const)('%s', (_name, args, command) => {
  expect(readCommand(args)).toEqual(command);
});

test.each([
  ['a bench that does not exist', ['bulk-trail'], 'there is no bench "bulk-trail"'],
  ['an option that does not exist', ['--user', '5000'], "Unknown option '--user'"],
  ['too few users', ['--users', '10'], '"10" is no number of users; at least 1000 are needed'],
  [
    'to store what is only read',
    ['--read', 'a', '--json', 'b'],
    '--read runs nothing that --json could store',
  ],
  ['no number', ['--seconds', 'long'], '"long" is no number of seconds up to 600'],
  [
    'a source that does not exist',
    ['--sources', 'csv,oracle'],
    'there is no source "oracle"; choose among sqlite, csv, postgresql, mysql',
  ],
] as const)('refuses %s', (_name, args, message) => {
  const refused = () => readCommand(args);
  expect(refused).toThrow(WrongOptions);
  expect(refused).toThrow(message);
});
