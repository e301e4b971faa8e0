import { expect, it } from 'vitest';
import { pairsOf, pathsOf } from '#renderer/files/typed-lists.ts';

it('reads paths and pairs as people type them', () => {
  expect({
    paths: pathsOf('  /a/users 1.json \n\n/b.gz\n'),
    pairs: pairsOf(' event = login , Id=user_id, =nothing, alone, empty= , a=b=c'),
    nothing: [pathsOf(' \n'), pairsOf('')],
  }).toEqual({
    paths: ['/a/users 1.json', '/b.gz'],
    pairs: { event: 'login', Id: 'user_id', a: 'b=c' },
    nothing: [[], {}],
  });
});
