import { expect, it } from 'vitest';
import { cellText } from '#engine/legacy/cell-text.ts';
import { columnContents } from '#engine/legacy/column-contents.ts';

const BCRYPT = '$2b$10$abcdefghijklmnopqrstuuLKXyVeYKqJm1Wm2WqJm1Wm2WqJm1Wm2';
const ROW = {
  id: 4711,
  uuid: 'b1a9381b-ecba-45cc-b037-444d0c2ddb7c',
  mail: 'ana.lopez@example.org',
  pw: BCRYPT,
  salt: 'c2FsdA==',
  reset_token: 'abc123',
  passport_no: 'X1234567',
  old_login: BCRYPT,
  birth_date: new Date('1980-01-02T00:00:00Z'),
  last_seen: new Date('2026-01-02T03:04:05Z'),
  active: true,
  points: 12,
  phone2: 491701234567,
  country: 'DE',
  note: 'likes tea',
  blob: new Uint8Array(12),
  settings: { theme: 'dark', apiKey: 'k-123', nested: { password: 'p' } },
  devices: '[{"name":"phone","keys":[{"secret":"d-9"}]}]',
  nothing: null,
};
const SETTINGS = {
  users: { table: 'users', key: ['id'] },
  fields: { id: 'id', email: 'mail', passwordHash: 'pw', passwordSalt: 'salt', lastLogin: 'last_seen' },
};
const COLUMNS = columnContents(Object.keys(ROW), SETTINGS, [ROW]);
const shown = (personalData: boolean) =>
  Object.fromEntries(COLUMNS.map((column) => [column.name, cellText(ROW, column, personalData)]));

it('judges columns by the mapping, their names and their values', () => {
  const by = (content: string) => COLUMNS.filter((one) => one.content === content).map(({ name }) => name);
  expect({
    hash: by('hash'),
    secret: by('secret'),
    plain: by('plain'),
    personal: by('personal'),
    key: COLUMNS.filter(({ key }) => key).map(({ name, attributes }) => [name, attributes]),
  }).toEqual({
    hash: ['pw', 'old_login'],
    secret: ['salt', 'reset_token'],
    plain: ['id', 'uuid', 'last_seen', 'active', 'points', 'country', 'nothing'],
    personal: ['mail', 'passport_no', 'birth_date', 'phone2', 'note', 'blob', 'settings', 'devices'],
    key: [['id', ['id']]],
  });
});

it('shows hashes as their format, hides secrets, and masks what is about people', () => {
  expect(shown(false)).toEqual({
    id: '4711',
    uuid: ROW.uuid,
    mail: 'a***.l***@e***.o***',
    pw: 'bcrypt-2b, cost 10',
    salt: '(hidden)',
    reset_token: '(hidden)',
    passport_no: 'X***',
    old_login: 'bcrypt-2b, cost 10',
    birth_date: '1***-**-0***:**:**.0***',
    last_seen: '2026-01-02T03:04:05.000Z',
    active: 'true',
    points: '12',
    phone2: '4***',
    country: 'DE',
    note: 'l*** t***',
    blob: '(** b***)',
    settings: expect.not.stringContaining('dark'),
    devices: expect.not.stringContaining('phone'),
    nothing: null,
  });
});

it('shows people when asked, and still neither hashes nor secrets, also not inside of JSON', () => {
  const { mail, note, phone2, pw, salt, reset_token, old_login, settings, devices } = shown(true);
  expect({ mail, note, phone2, pw, salt, reset_token, old_login, settings, devices }).toEqual({
    mail: ROW.mail,
    note: 'likes tea',
    phone2: '491701234567',
    pw: 'bcrypt-2b, cost 10',
    salt: '(hidden)',
    reset_token: '(hidden)',
    old_login: 'bcrypt-2b, cost 10',
    settings: '{"theme":"dark","apiKey":"*****","nested":{"password":"*****"}}',
    devices: '[{"name":"phone","keys":[{"secret":"*****"}]}]',
  });
});

it('covers a hash or a text that turns up where none was expected', () => {
  const [points] = COLUMNS.filter(({ name }) => name === 'points');
  expect([
    cellText({ points: 'Ana Lopez' }, points!, false),
    cellText({ points: BCRYPT }, points!, true),
    cellText({ points: '{"token":"t","a":"Ana"}' }, points!, true),
  ]).toEqual(['A*** L***', 'bcrypt-2b, cost 10', '{"token":"*****","a":"Ana"}']);
});
