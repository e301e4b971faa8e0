import { expect, it } from 'vitest';
import { decodeFields, encodeFields, idOf } from '#audit/record-codec.ts';
import { emptyBits, SeenFilter } from '#audit/seen-filter.ts';
import { decodeLegacy, decodePair, decodeTenant, encodeLegacy, encodeTenant } from '#audit/sides.ts';

const AWKWARD = ['\u001f', 'a\u001fb', 'a\nb', '\u0000', '[1]', '', '\ud800', '🙂', 'ü', '{"a":"\\u001f"}'];

it('gives back whatever it was given, on one line', () => {
  const records = AWKWARD.flatMap((text) => [
    { fields: [text, null, 'x'], id: 'id' },
    { fields: [null, text, null], id: text },
  ]);
  const lines = records.map(({ fields, id }) => encodeFields(fields, id));
  expect({
    lines: lines.filter((line) => line.includes('\n')),
    records: lines.map((line) => ({ fields: decodeFields(line, 3).slice(0, 3), id: idOf(line) })),
  }).toEqual({ lines: [], records });
});

it('keeps users of both sides as they are', () => {
  const values = ['a@example.com', null, null, 'n', null, null, null, null, 'true', null, null, '{}', null];
  const legacy = { position: 5, key: ['a', 2], id: 'auth0|7', values };
  const user = {
    userId: 'google|1',
    id: '7',
    file: 2,
    line: 90,
    values,
    createdAt: '2026-01-01T00:00:00.000Z',
    lastLogin: null,
    logins: 0,
    marker: { by: null, at: '2026-01-01T00:00:00.000Z' },
    linked: true,
    account: { state: 'shadow', origin: 'legacy-login' },
  } as const;
  const short = (one: { readonly values: readonly unknown[] }) => ({
    ...one,
    values: one.values.slice(0, 13),
  });
  expect([
    short(decodeLegacy(encodeLegacy(legacy))),
    short(decodeLegacy(encodeLegacy({ ...legacy, key: [12] }))),
    short(decodeTenant(encodeTenant(user))),
    short(
      decodeTenant(
        encodeTenant({ ...user, marker: { by: 'login', at: null }, linked: false, account: null }),
      ),
    ),
  ]).toEqual([
    legacy,
    { ...legacy, key: [12] },
    user,
    { ...user, marker: { by: 'login', at: null }, linked: false, account: null },
  ]);
});

it('never forgets what it has seen', () => {
  const filter = new SeenFilter(emptyBits(1000));
  const texts = Array.from({ length: 3000 }, (_, n) => `user-${n}@example.com`);
  for (const text of texts) filter.add(text);
  for (const text of texts.slice(0, 1000)) filter.add(text);
  const wrongly = texts.slice(1000).filter((text) => filter.twice(text)).length;
  expect({
    once: texts.every((text) => filter.once(text)),
    twice: texts.slice(0, 1000).every((text) => filter.twice(text)),
    // Three times more than it was made for, and still mostly right.
    mostlyRight: wrongly < 1000,
    nothing: filter.once(null),
  }).toEqual({ once: true, twice: true, mostlyRight: true, nothing: false });
});

it('tells pairs with the same profile from those that only look alike, without taking them apart', () => {
  const values = [
    'a@example.com',
    null,
    '+49',
    'n',
    '',
    null,
    null,
    null,
    'true',
    null,
    null,
    '{"a":1}',
    null,
  ];
  const legacy = { position: 5, key: [7], id: '7', values };
  const user = {
    userId: 'auth0|7', id: '7', file: 0, line: 1, values, createdAt: null, lastLogin: null, logins: null,
    marker: null, linked: false, account: null,
  }; // biome-ignore format: one fact
  const changed = (index: number, value: string | null) =>
    values.map((one, at) => (at === index ? value : one));
  const pair = (other: readonly (string | null)[]) => {
    const {
      legacy: left,
      user: right,
      sameProfile,
    } = decodePair(encodeLegacy(legacy), encodeTenant({ ...user, values: other }));
    return {
      sameProfile,
      left: left.values.slice(0, 13),
      right: right.values.slice(0, 13),
      id: left.id,
      of: right.userId,
    };
  };
  const found = ['a@example.com', null, '+49', ...Array.from({ length: 8 }, () => null), '{"a":1}', null];
  const whole = (other: readonly (string | null)[]) => ({
    sameProfile: false, left: values, right: other, id: '7', of: 'auth0|7',
  }); // biome-ignore format: one fact
  const awkward = changed(3, 'n\nm');
  expect([
    pair(values),
    pair(changed(11, '{"a":2}')),
    pair(changed(0, 'A@example.com')),
    pair(changed(4, null)),
    pair(changed(1, '')),
    pair(awkward),
  ]).toEqual([
    { sameProfile: true, left: found, right: found, id: '7', of: 'auth0|7' },
    {
      sameProfile: true,
      left: found,
      right: [...found.slice(0, 11), '{"a":2}', null],
      id: '7',
      of: 'auth0|7',
    },
    whole(changed(0, 'A@example.com')),
    whole(changed(4, null)),
    whole(changed(1, '')),
    whole(awkward),
  ]);
});
