import { expect, it } from 'vitest';
import { rejectedKeys } from '#hosts/cli/rejected-keys.ts';

it('reads each key once, in order', () => {
  const text = '{"key":[2],"cause":"x"}\n\n{"key":["a",1]}\r\n{"key":[2],"phase":"bulk"}\n';
  expect(rejectedKeys(text, 'r.ndjson')).toEqual([[2], ['a', 1]]);
});

it.each([
  ['{"key":[]}', 'r.ndjson is not a rejects file: line 1 has no "key"'],
  ['{"key":[1]}\nnot json', 'r.ndjson is not a rejects file: line 2 has no "key"'],
  ['null', 'r.ndjson is not a rejects file: line 1 has no "key"'],
  ['\n\n', 'r.ndjson names no user'],
])('refuses %j', (text, message) => {
  expect(() => rejectedKeys(text, 'r.ndjson')).toThrow(message);
});
