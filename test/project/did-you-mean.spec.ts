import { expect, it } from 'vitest';
import { closestName } from '#project/did-you-mean.ts';

it.each([
  ['emial', ['email', 'name'], 'email'],
  ['getUser', ['get_user', 'login'], 'get_user'],
  ['change-password', ['change_password', 'change_email'], 'change_password'],
  ['EMAIL', ['email'], 'email'],
  ['colour', ['email', 'login'], null],
  ['x', ['y'], null],
  ['anything', [], null],
])('the name closest to %j among %j is %j', (name, candidates, expected) => {
  expect(closestName(name, candidates)).toBe(expected);
});
