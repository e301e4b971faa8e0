import { expect, test } from 'vitest';
import { DEFAULT_ASSUMPTIONS } from '#domain/assumptions.ts';
import { trackAssumptions } from '#domain/tracked-assumptions.ts';

test('has the values of the assumptions, and knows which were looked at since it was last asked', () => {
  const { assumptions, takeUsed } = trackAssumptions(DEFAULT_ASSUMPTIONS);
  const first = takeUsed();
  const value = assumptions['reset-creates-user'];
  const again = assumptions['reset-creates-user'];
  const then = takeUsed();
  expect({ first, value, again, then, after: takeUsed() }).toEqual({
    first: [],
    value: 'at-next-login',
    again: 'at-next-login',
    then: ['reset-creates-user'],
    after: [],
  });
  expect({ ...assumptions }).toEqual(DEFAULT_ASSUMPTIONS);
});
