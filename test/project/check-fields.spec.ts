import { describe, expect, it } from 'vitest';
import type { ProjectSettings } from '#contract/project-settings.ts';
import { checkFields } from '#project/check-fields.ts';

const rows = (count: number, row: (nth: number) => Record<string, unknown>) =>
  Array.from({ length: count }, (_, at) => row(at));
const found = (
  fields: ProjectSettings['fields'],
  list: readonly Record<string, unknown>[],
  columns?: readonly string[],
) =>
  checkFields(fields, columns ?? Object.keys(list[0] ?? {}), list).map(({ code, message, place }) => [
    code,
    message,
    place,
  ]);
const place = (field: string) => ({ kind: 'setting', name: `fields.${field}` });

describe('mapped columns', () => {
  it('that hold what they should are fine', () => {
    const list = rows(50, (nth) => ({
      id: nth,
      mail: `user${nth}@mailbox.example`,
      confirmed: nth % 2,
      seen: nth % 3 === 0 ? null : '2026-01-01 10:00:00',
      hash: `$2b$10$${'x'.repeat(53)}`,
      extra: '{"a":1}',
      city: 'Berlin',
      zip: '10115',
    }));
    const fields = {
      id: 'id',
      email: 'mail',
      emailVerified: 'confirmed',
      lastLogin: 'seen',
      passwordHash: 'hash',
      appMetadata: 'extra',
      userMetadata: ['city', 'zip'],
    };
    expect(found(fields, list)).toEqual([]);
  });

  it('that do not exist are named, with a hint', () => {
    const fields = { id: 'id', email: 'emial', userMetadata: ['city', 'nowhere'] };
    expect(found(fields, [], ['id', 'email', 'city'])).toEqual([
      [
        'project.column-missing',
        '"fields.email" names column "emial", which the users query does not give. Did you mean "email"?',
        place('email'),
      ],
      [
        'project.column-missing',
        '"fields.userMetadata" names column "nowhere", which the users query does not give.',
        place('userMetadata'),
      ],
    ]);
  });

  it.each<[keyof ProjectSettings['fields'], (nth: number) => unknown, string]>([
    [
      'email',
      (nth) => `user${nth}`,
      'Only 0 of 40 values of column "it", mapped to email, look like an e-mail address.',
    ],
    [
      'email',
      (nth) => (nth < 30 ? `u${nth}@x.example` : 'none'),
      'Only 30 of 40 values of column "it", mapped to email, look like an e-mail address.',
    ],
    [
      'emailVerified',
      () => 'maybe',
      'Only 0 of 40 values of column "it", mapped to emailVerified, look like a yes or no.',
    ],
    [
      'lastLogin',
      () => 'yesterday',
      'Only 0 of 40 values of column "it", mapped to lastLogin, look like a date.',
    ],
    [
      'passwordHash',
      () => 'secret',
      'Only 0 of 40 values of column "it", mapped to passwordHash, look like a password hash.',
    ],
    [
      'username',
      (nth) => `u${nth}@x.example`,
      'Only 0 of 40 values of column "it", mapped to username, look like a login name.',
    ],
    [
      'picture',
      () => 'portrait.png',
      'Only 0 of 40 values of column "it", mapped to picture, look like an address of a picture.',
    ],
    [
      'phoneNumber',
      () => 'Berlin',
      'Only 0 of 40 values of column "it", mapped to phoneNumber, look like a telephone number.',
    ],
    [
      'appMetadata',
      () => '[1]',
      'Only 0 of 40 values of column "it", mapped to appMetadata, look like a JSON object.',
    ],
    ['name', () => null, 'Column "it", mapped to name, is empty in all 40 rows looked at.'],
  ])('that hold something else are suspicious: %s', (field, value, message) => {
    const list = rows(40, (nth) => ({ id: nth, it: value(nth) }));
    expect(found({ id: 'id', [field]: 'it' }, list)).toEqual([
      ['project.column-suspicious', message, place(field)],
    ]);
  });

  it('with too few values say nothing', () => {
    expect(
      found(
        { id: 'id', email: 'it' },
        rows(19, (nth) => ({ id: nth, it: 'none' })),
      ),
    ).toEqual([]);
  });

  it('that should identify a user are unique and never empty', () => {
    expect(
      found(
        { id: 'it' },
        rows(40, (nth) => ({ it: nth % 20 })),
      ),
    ).toEqual([
      ['project.id-not-unique', '20 of 40 values of column "it", mapped to id, occur again.', place('id')],
    ]);
    expect(
      found(
        { id: 'it' },
        rows(40, (nth) => ({ it: nth < 3 ? null : nth })),
      ),
    ).toEqual([
      [
        'project.column-suspicious',
        'Column "it", mapped to id, is empty in 3 of 40 rows looked at.',
        place('id'),
      ],
    ]);
  });
});
