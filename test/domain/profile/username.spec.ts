import { expect, test } from 'vitest';
import { usernameProblem } from '#domain/profile/username.ts';

test.each([
  ['anna', null],
  ["a.b-c_d@^$!`#+'~", 'too-long'],
  ["a.b-c@^$!`#+'~", null],
  ['', 'too-short'],
  ['anna@example.com', 'too-long'],
  ['a@example.com', 'is-email'],
  ['anna@home', null],
  ['anna lind', 'characters'],
  ['åsa', 'characters'],
])('username %s: %s', (username, problem) => {
  expect(usernameProblem(username, { min: 1, max: 15 })).toBe(problem);
});
