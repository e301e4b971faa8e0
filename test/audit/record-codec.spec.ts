import { expect, it } from 'vitest';
import { readLegacy, readLegacyBehind, legacyRecord } from '#audit/legacy-record.ts';
import { roomFor } from '#audit/partition-spool.ts';
import {
  type Fields,
  firstNumberOf,
  mostBytes,
  putRecord,
  recordFields,
  recordId,
  sameHead,
  sameId,
  sameMembers,
  secondNumberOf,
  sizeOf,
} from '#audit/record-codec.ts';
import { emptyBits, SeenFilter } from '#audit/seen-filter.ts';
import { textHash } from '#domain/text-hash.ts';
import type { SideRecord } from '#audit/side-record.ts';
import { readTenant, readTenantBehind, tenantRecord } from '#audit/tenant-record.ts';

const START = { place: 'start', field: 0 } as const;
const AWKWARD = ['\u001f', 'a\nb', '\u0000', '[1]', '', '\ud800', 'x\udc00y', '🙂', 'ü', '{"a":"\\u001f"}'];

/** Records behind one another, as a partition has them, and where each begins. */
function written(records: readonly Pick<SideRecord, 'fields' | 'id' | 'numbers' | 'flags'>[], head: number) {
  const room = roomFor(records.reduce((sum, { fields, id }) => sum + mostBytes(fields, id), 0));
  const starts: number[] = [];
  let end = 0;
  for (const { fields, id, numbers, flags } of records) {
    starts.push(end);
    const keys = { id: textHash(id), first: 1, second: -1, flags, numbers };
    end = putRecord(room, end, keys, fields, head, id);
  }
  return { room, starts, end };
}

it('gives back whatever it was given, whole and in parts', () => {
  const records = AWKWARD.flatMap((text) => [
    { fields: [text, null, 'x'], id: 'id', numbers: [2 ** 32 - 1, 0] as const, flags: 0 },
    { fields: [null, text, null], id: text, numbers: [0, 7] as const, flags: 0 },
  ]);
  const { room, starts, end } = written(records, 2);
  expect({
    sizes: starts.map((at) => at + sizeOf(room, at)),
    records: starts.map((at) => ({
      fields: recordFields(room, at, START, { place: 'end', field: 3 }),
      parts: [
        recordFields(room, at, START, { place: 'head', field: 1 }),
        recordFields(room, at, { place: 'head', field: 2 }, { place: 'end', field: 3 }),
      ],
      id: recordId(room, at),
      numbers: [firstNumberOf(room, at), secondNumberOf(room, at)],
    })),
  }).toEqual({
    sizes: [...starts.slice(1), end],
    records: records.map(({ fields, id, numbers }) => ({
      fields,
      parts: [fields.slice(0, 1), fields.slice(2)],
      id,
      numbers,
    })),
  });
});

it('compares heads and ids as the texts do, whatever stands behind them', () => {
  const all = AWKWARD.flatMap((a) => [
    [a, null],
    [null, a],
    [a, 'ü'],
    ['ü', a],
    ['a', 'bü'],
    ['aü', 'b'],
  ]);
  const records = all.flatMap((head, n) => [
    { fields: [...head, 'x'], id: AWKWARD[n % AWKWARD.length]!, numbers: [0, 0] as const, flags: 0 },
    { fields: [...head, '🙂'], id: 'id', numbers: [0, 0] as const, flags: 0 },
  ]);
  const { room, starts } = written(records, 2);
  const same = (a: Fields, b: Fields) => a[0] === b[0] && a[1] === b[1];
  const wrong = records.flatMap((a, i) =>
    records.flatMap((b, j) => {
      const heads = sameHead(room, starts[i]!, room, starts[j]!, 2) === same(a.fields, b.fields);
      const ids = sameId(room, starts[i]!, room, starts[j]!) === (a.id === b.id);
      return heads && ids ? [] : [[a, b]];
    }),
  );
  expect(wrong).toEqual([]);
});

it('tells an object that begins with all of another one', () => {
  const texts = [
    null,
    '{}',
    '{"a":1}',
    '{"a":1,"b":2}',
    '{"a":12}',
    '{"a":1 }',
    '{"ü":1}',
    '{"b":1}',
    '{"a":1}x',
  ];
  const records = texts.map((text) => ({
    fields: ['h', null, text],
    id: '',
    numbers: [0, 0] as const,
    flags: 0,
  }));
  const { room, starts } = written(records, 1);
  const told = texts.flatMap((left, i) =>
    texts.flatMap((right, j) =>
      sameMembers(room, starts[i]!, room, starts[j]!, 1, 2) ? [`${left} ${right}`] : [],
    ),
  );
  expect(told.filter((pair) => !pair.startsWith('null '))).toEqual([
    '{} {}',
    '{"a":1} {"a":1}',
    '{"a":1} {"a":1,"b":2}',
    '{"a":1} {"a":1}x',
    '{"a":1,"b":2} {"a":1,"b":2}',
    '{"a":12} {"a":12}',
    '{"a":1 } {"a":1 }',
    '{"b":1} {"b":1}',
  ]);
});

const VALUES = ['a@example.com', null, '+49', 'n', '', null, null, null, 'true', null, null, '{"ü":1}', null];
const LEGACY = { position: 5, key: ['a', 2], id: 'auth0|7', values: VALUES };
const USER = {
  userId: 'google|1',
  id: '7',
  file: 2,
  line: 90,
  values: VALUES,
  createdAt: '2026-01-01T00:00:00.000Z',
  lastLogin: null,
  logins: 0,
  marker: { by: null, at: '2026-01-01T00:00:00.000Z' },
  linked: true,
  account: { state: 'shadow', origin: 'legacy-login' },
} as const;

it('keeps users of both sides as they are', () => {
  const people = [
    LEGACY,
    ...[[12], [0], [-1], [1.5], [2 ** 40], ['12'], [1, 2]].map((key) => ({ ...LEGACY, key, id: '7' })),
  ];
  const users = [
    USER,
    { ...USER, userId: 'auth0|7', marker: { by: 'login', at: null }, linked: false, account: null },
    { ...USER, userId: '7', marker: null, logins: null, createdAt: null, lastLogin: 'x' },
    { ...USER, userId: 'auth0|auth0|7', marker: { by: null, at: null } },
  ];
  const left = written(people.map(legacyRecord), 11);
  const right = written(users.map(tenantRecord), 11);
  const found = VALUES.map((value, index) => (index < 11 ? value : null));
  expect({
    people: left.starts.map((at) => readLegacy(left.room, at)),
    users: right.starts.map((at) => readTenant(right.room, at)),
    peopleBehind: left.starts.map((at) => readLegacyBehind(left.room, at, found, false)),
    usersBehind: right.starts.map((at) => readTenantBehind(right.room, at, found)),
    keys: left.starts.map((at) => readLegacyBehind(left.room, at, VALUES, true)),
  }).toEqual({ people, users, peopleBehind: people, usersBehind: users, keys: people });
});

it('never forgets what it has seen', () => {
  const filter = new SeenFilter(emptyBits(1000));
  const hashes = Array.from({ length: 3000 }, (_, n) => textHash(`user-${n}@example.com`));
  for (const hash of hashes) filter.add(hash);
  for (const hash of hashes.slice(0, 1000)) filter.add(hash);
  const wrongly = hashes.slice(1000).filter((hash) => filter.twice(hash)).length;
  expect({
    once: hashes.every((hash) => filter.once(hash)),
    twice: hashes.slice(0, 1000).every((hash) => filter.twice(hash)),
    // Three times more than it was made for, and still mostly right.
    mostlyRight: wrongly < 1000,
    nothing: filter.once(null),
  }).toEqual({ once: true, twice: true, mostlyRight: true, nothing: false });
});
