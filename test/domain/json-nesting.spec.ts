import { expect, it } from 'vitest';
import { offsetTooDeep } from '#domain/json-nesting.ts';

it('finds the bracket that is one too deep, and none that is only text', () => {
  expect(
    [
      '[[[]]]',
      '[[[[]]]]',
      '{"a":{"b":[[1]]}}',
      '{"a":"[[[[[[","b\\"[[[[":{"c":1}}',
      '"\\\\"[[[[',
      '[[],[],[[]],[]]',
      '',
    ].map((text) => offsetTooDeep(text, 3)),
  ).toEqual([null, 3, 11, null, 7, null, null]);
});
