import { expect, it } from 'vitest';
import { splitHash } from '#renderer/project/hash-location.ts';

it.each([
  ['', '/', ''],
  ['#/', '/', ''],
  [
    '#/project/%2Fa/report/t/users?status=failed&value=a%3Fb',
    '/project/%2Fa/report/t/users',
    'status=failed&value=a%3Fb',
  ],
  ['/trials/new?', '/trials/new', ''],
])('tells the path and the query of %s', (hash, path, search) => {
  expect(splitHash(hash)).toEqual({ path, search });
});
