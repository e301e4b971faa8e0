import { expect, test } from 'vitest';
import { mapRow } from '#domain/profile/map-row.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);
const mapped = (row: Record<string, unknown>, mapping: Record<string, string | string[]> = {}) =>
  mapRow({ id: 1, ...row }, [1], { id: 'id', ...mapping });

test('a whole row becomes a typed user with its secrets wrapped', () => {
  const row = {
    user_id: 9_007_199_254_740_993n,
    mail: 'Anna@Example.com   ',
    mail_ok: bytes(1),
    login: 'anna',
    pw: '$2y$10$abc',
    salt: bytes(0xff, 0x00, 0x10),
    scheme: 'bcrypt',
    full: 'Anna Lind',
    first: 'Anna',
    last: 'Lind',
    nick: '',
    pic: null,
    tel: '+46701234567',
    tel_ok: 'Y',
    seen: '2024-05-31 08:00:00',
    made: new Date(Date.UTC(2020, 0, 2)),
    off: 0,
    prefs: '{"lang":"sv","big":1}',
    plan: 'gold',
    since: new Date(Date.UTC(2021, 0, 1)),
  };
  const { user, findings } = mapRow(row, ['9007199254740993'], {
    id: 'user_id',
    email: 'mail',
    emailVerified: 'mail_ok',
    username: 'login',
    passwordHash: 'pw',
    passwordSalt: 'salt',
    passwordScheme: 'scheme',
    name: 'full',
    givenName: 'first',
    familyName: 'last',
    nickname: 'nick',
    picture: 'pic',
    phoneNumber: 'tel',
    phoneVerified: 'tel_ok',
    lastLogin: 'seen',
    createdAt: 'made',
    blocked: 'off',
    userMetadata: 'prefs',
    appMetadata: ['plan', 'since', 'nothing'],
  });
  expect({ user, hash: user?.passwordHash?.reveal(), salt: user?.passwordSalt?.reveal() }).toEqual({
    hash: '$2y$10$abc',
    salt: '0xff0010',
    user: {
      key: ['9007199254740993'],
      id: '9007199254740993',
      email: 'Anna@Example.com',
      emailVerified: true,
      username: 'anna',
      passwordHash: expect.anything(),
      passwordSalt: expect.anything(),
      passwordScheme: 'bcrypt',
      name: 'Anna Lind',
      givenName: 'Anna',
      familyName: 'Lind',
      nickname: null,
      picture: null,
      phoneNumber: '+46701234567',
      phoneVerified: true,
      lastLogin: '2024-05-31T08:00:00.000Z',
      createdAt: '2020-01-02T00:00:00.000Z',
      blocked: false,
      userMetadata: { lang: 'sv', big: 1 },
      appMetadata: { plan: 'gold', since: '2021-01-01T00:00:00.000Z' },
    },
  });
  expect(findings).toEqual([
    { code: 'profile.text-trimmed', detail: 'column mail: text of length 19' },
    { code: 'profile.binary-as-hex', detail: 'column salt: binary, 3 bytes' },
  ]);
});

test.each([
  ['number', 42, '42'],
  ['bigint', 12345678901234567890n, '12345678901234567890'],
  ['text', ' 42 ', '42'],
  ['UUID bytes', bytes(...Array.from({ length: 16 }, (_, i) => i)), '000102030405060708090a0b0c0d0e0f'],
  ['text as bytes', bytes(0x61, 0xc3, 0xa5), 'aå'],
])('an id given as %s keeps every digit', (_kind, id, expected) => {
  expect(mapRow({ id }, [1], { id: 'id' }).user?.id).toBe(expected);
});

test.each([
  ['null', null],
  ['a missing column', undefined],
  ['an empty text', '  '],
  ['an object', { a: 1 }],
])('%s as id gives no user', (_kind, id) => {
  const { user, findings } = mapRow({ id }, [1], { id: 'id' });
  expect([user, findings.at(-1)?.code]).toEqual([null, 'profile.id-missing']);
});

test('a number that has lost digits is said so', () => {
  const { user, findings } = mapRow({ id: 2 ** 53 + 2 }, [1], { id: 'id' });
  expect([user?.id, findings]).toEqual([
    '9007199254740994',
    [{ code: 'profile.id-imprecise', detail: 'column id: number' }],
  ]);
});

test('what cannot be read is a finding without the value, and the user goes on', () => {
  const row = { ok: 'perhaps', seen: '31/12/2024', prefs: '{"a":', extra: '[1]', mail: ['x'] };
  const { user, findings } = mapped(row, {
    emailVerified: 'ok',
    lastLogin: 'seen',
    userMetadata: 'prefs',
    appMetadata: 'extra',
    email: 'mail',
  });
  expect([user?.emailVerified, user?.lastLogin, user?.userMetadata, user?.appMetadata, user?.email]).toEqual([
    false,
    null,
    null,
    null,
    null,
  ]);
  expect(findings).toEqual([
    { code: 'profile.text-unreadable', detail: 'column mail: list' },
    { code: 'profile.boolean-unreadable', detail: 'column ok: text of length 7' },
    { code: 'profile.date-unreadable', detail: 'column seen: text of length 10' },
    { code: 'profile.metadata-unreadable', detail: 'column prefs: text of length 5 is not JSON' },
    { code: 'profile.metadata-unreadable', detail: 'column extra: a list where an object is needed' },
  ]);
});

test('metadata objects keep big numbers, dates and bytes as texts', () => {
  const prefs = {
    big: 2n ** 60n,
    small: 3n,
    at: new Date(0),
    raw: bytes(0x68, 0x69),
    nested: { list: [1n, null] },
  };
  expect(mapped({ prefs }, { userMetadata: 'prefs' }).user?.userMetadata).toEqual({
    big: '1152921504606846976',
    small: 3,
    at: '1970-01-01T00:00:00.000Z',
    raw: 'hi',
    nested: { list: [1, null] },
  });
});

test.each<[string, unknown, string | null, string[]]>([
  ['a text with blanks', ' ab ', ' ab ', ['profile.salt-with-blanks']],
  ['blanks only', '   ', null, []],
  ['text as bytes', bytes(0x61, 0x62), 'ab', []],
  ['16 bytes', bytes(...Array.from({ length: 16 }, () => 0xfe)), 'fe'.repeat(16), ['profile.binary-as-hex']],
  ['8 bytes', bytes(...Array.from({ length: 8 }, () => 0xfe)), '/v7+/v7+/v4=', ['profile.binary-as-hex']],
  [
    '12 bytes',
    bytes(...Array.from({ length: 12 }, () => 0xfe)),
    `0x${'fe'.repeat(12)}`,
    ['profile.binary-as-hex'],
  ],
])('a salt given as %s keeps its bytes', (_kind, salt, text, codes) => {
  const { user, findings } = mapped({ salt }, { passwordSalt: 'salt' });
  expect([user?.passwordSalt?.reveal() ?? null, findings.map(({ code }) => code)]).toEqual([text, codes]);
});

test('a binary hash is marked as such, a hash with padding is left to the recogniser', () => {
  const hashes = [bytes(0xff, 0x00), 'abc  '].map((hash) => mapped({ hash }, { passwordHash: 'hash' }).user);
  expect(hashes.map((user) => user?.passwordHash?.reveal())).toEqual(['0xff00', 'abc  ']);
});

test('JSON in a binary column may have line breaks; bytes that are no text are unreadable', () => {
  const json = Uint8Array.from(Array.from('{\n\t"a": 1\r\n}', (letter) => letter.charCodeAt(0)));
  const [good, bad] = [json, bytes(0xff, 0xfe)].map((prefs) => mapped({ prefs }, { userMetadata: 'prefs' }));
  expect([good?.user?.userMetadata, bad?.user?.userMetadata, bad?.findings]).toEqual([
    { a: 1 },
    null,
    [{ code: 'profile.metadata-unreadable', detail: 'column prefs: binary data' }],
  ]);
});
