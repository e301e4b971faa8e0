import { expect, test } from 'vitest';
import { rowBoolean } from '#domain/profile/row-boolean.ts';
import { rowDate } from '#domain/profile/row-date.ts';
import { rowJsonObject } from '#domain/profile/row-json.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);

test.each<[unknown, boolean | null]>([
  [true, true],
  [false, false],
  [1, true],
  [0, false],
  [-1, true],
  [1n, true],
  [0n, false],
  [2, null],
  ['t', true],
  ['F', false],
  ['Y', true],
  ['n', false],
  ['TRUE ', true],
  ['false', false],
  ['1', true],
  ['0', false],
  ['', false],
  [null, false],
  [undefined, false],
  [bytes(1), true],
  [bytes(0), false],
  [bytes(0x59), true],
  [bytes(0, 0), false],
  [bytes(7), null],
  [new Date(1000), true],
  ['2024-05-01 10:00:00', true],
  ['0000-00-00 00:00:00', false],
  ['1700000000', true],
  [1_700_000_000_000, true],
  ['maybe', null],
  ['2', null],
  [{}, null],
])('%o read as yes or no is %s', (value, expected) => {
  expect(rowBoolean(value)).toBe(expected);
});

test.each<[unknown, string | null]>([
  [new Date(0), '1970-01-01T00:00:00.000Z'],
  ['2024-05-31', '2024-05-31T00:00:00.000Z'],
  ['2024-05-31T08:09:10Z', '2024-05-31T08:09:10.000Z'],
  ['2024-05-31T08:09:10.123456+02:00', '2024-05-31T06:09:10.123Z'],
  ['2024-05-31 08:09:10.5 +0530', '2024-05-31T02:39:10.500Z'],
  ['2024-05-31 08:09:10-08', '2024-05-31T16:09:10.000Z'],
  ['2024-05-31 08:09', '2024-05-31T08:09:00.000Z'],
  ['20240531', '2024-05-31T00:00:00.000Z'],
  ['20240531080910', '2024-05-31T08:09:10.000Z'],
  ['Jan  5 2019  3:04PM', '2019-01-05T15:04:00.000Z'],
  ['Jan  5 2019 12:04AM', '2019-01-05T00:04:00.000Z'],
  ['05-JAN-19 03.04.05.000000 PM', '2019-01-05T15:04:05.000Z'],
  ['05-JAN-1999', '1999-01-05T00:00:00.000Z'],
  [1_717_142_950, '2024-05-31T08:09:10.000Z'],
  [1_717_142_950_123, '2024-05-31T08:09:10.123Z'],
  ['1717142950', '2024-05-31T08:09:10.000Z'],
  ['1717142950.5', '2024-05-31T08:09:10.500Z'],
  [1_717_142_950_123_456n, '2024-05-31T08:09:10.123Z'],
  [1_717_142_950_123_456_789n, '2024-05-31T08:09:10.123Z'],
  ['0050-03-01', '0050-03-01T00:00:00.000Z'],
])('%o is the date %s', (value, expected) => {
  expect(rowDate(value)).toEqual({ iso: expected, readable: true });
});

test('texts of every day and second are the same date, with and without T, Z and milliseconds', () => {
  for (let n = 0; n < 4_000; n++) {
    const date = new Date(Date.UTC(1999, 0, 1) + n * 211_357_913);
    const iso = date.toISOString();
    const whole = `${iso.slice(0, 19)}.000Z`;
    const read = [iso, iso.replace('T', ' ').replace('Z', ''), iso.slice(0, 19), whole].map(rowDate);
    expect(read.map((one) => one.iso)).toEqual([iso, iso, whole, whole]);
  }
});

test('JSON in a column keeps its members, down to a depth that nobody needs', () => {
  const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
  const own = '{"__proto__":{"x":1},"list":[1,null,{"b":"ü"}]}';
  const read = (text: string) => {
    const found = rowJsonObject(text);
    return found.kind === 'object' ? JSON.stringify(found.value) : found.kind;
  };
  expect([own, nested(64), nested(66), '[{}]', '{"a":'].map(read)).toEqual([
    own,
    nested(64),
    nested(65).replace('1', 'null'),
    'unreadable',
    'unreadable',
  ]);
  expect(rowJsonObject({ at: new Date(0), gone: undefined, list: [2n ** 70n] })).toEqual({
    kind: 'object',
    value: { at: '1970-01-01T00:00:00.000Z', list: ['1180591620717411303424'] },
  });
});

test.each([[null], [undefined], [''], ['0000-00-00'], [0]])('%o is no date, and not unreadable', (value) => {
  expect(rowDate(value)).toEqual({ iso: null, readable: true });
});

test.each([
  ['2024-02-30'],
  ['2023-13-01'],
  ['2024-05-31 25:00:00'],
  ['05/06/2024'],
  ['yesterday'],
  [new Date(Number.NaN)],
  [Number.POSITIVE_INFINITY],
  [true],
  [{}],
])('%o cannot be read as a date', (value) => {
  expect(rowDate(value)).toEqual({ iso: null, readable: false });
});
