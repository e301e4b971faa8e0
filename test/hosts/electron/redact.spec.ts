import { expect, it } from 'vitest';
import { redact } from '#hosts/electron/redact.ts';

it.each([
  ['Error at /home/anna/work/x.ts:3:4', 'Error at ~/work/x.ts:3:4'],
  ['connect postgresql://app:hunter2@db.example:5432/shop', 'connect postgresql://***@db.example:5432/shop'],
  ['user anna.b+c@example.org not found', 'user ***@*** not found'],
  ['no such column "secret name"', 'no such column "***"'],
  ["invalid input 'anna' or `berta`", 'invalid input "***" or "***"'],
  ['password=hunter2 token: abc', 'password=*** token=***'],
  ['hash $2b$10$abcdefghijklmnopqrstuv wrong', 'hash *** wrong'],
  ['hash $argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA wrong', 'hash *** wrong'],
  [`key ${'A1b2'.repeat(11)} end`, 'key *** end'],
  ['ended with code 1', 'ended with code 1'],
])('%s', (text, expected) => {
  expect(redact(text, '/home/anna')).toBe(expected);
});

it.each([
  String.raw`Error at C:\Users\Ann Lee\app\x.js:3`,
  'Error at file:///C:/Users/Ann%20Lee/app/x.js:3',
  'Error at C:/Users/Ann Lee/app/x.js:3',
])('names nobody whose folder is spelled another way: %s', (text) => {
  expect(redact(text, String.raw`C:\Users\Ann Lee`)).not.toMatch(/Ann/);
});

it('keeps a line of bounded length', () => {
  expect(redact('word '.repeat(10_000), '/home/anna')).toHaveLength(2_000);
});
