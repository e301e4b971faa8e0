import { expect, test } from 'vitest';
import { DEFAULT_ASSUMPTIONS } from '#domain/assumptions.ts';
import { trackAssumptions } from '#domain/tracked-assumptions.ts';

test('has the values of the assumptions, and knows which were looked at since it was last asked', () => {
  const tracked = trackAssumptions(DEFAULT_ASSUMPTIONS);
  const { assumptions } = tracked;
  const first = tracked.takeUsed();
  const value = assumptions['reset-creates-user'];
  const again = assumptions['reset-creates-user'];
  const used = tracked.takeUsed();
  expect({ first, value, again, used, after: tracked.takeUsed() }).toEqual({
    first: [],
    value: 'at-next-login',
    again: 'at-next-login',
    used: ['reset-creates-user'],
    after: [],
  });
  expect({ ...assumptions }).toEqual(DEFAULT_ASSUMPTIONS);
});
