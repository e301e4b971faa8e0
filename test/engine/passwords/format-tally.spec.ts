import { describe, expect, it } from 'vitest';
import { recogniseHash } from '#domain/password/recognise-hash.ts';
import { Secret } from '#domain/secret.ts';
import { FormatTally } from '#engine/passwords/format-tally.ts';

const BCRYPT = 'abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ012345678';

function tallyOf(values: readonly (string | null)[]): FormatTally {
  const tally = new FormatTally();
  for (const [index, value] of values.entries()) {
    const recognised = recogniseHash(value === null ? null : new Secret(value), null, null);
    tally.add({ key: [index], legacyId: String(index) }, recognised);
  }
  return tally;
}

describe('the tally of formats', () => {
  it('counts users by format, parameters, target and warning, and balances', () => {
    const tally = tallyOf([`$2b$10$${BCRYPT.slice(0, 53)}`, `$2b$12$${BCRYPT.slice(0, 53)}`, null]);
    tally.addUnreadable();
    tally.addWithoutId();
    expect(tally.result()).toEqual({
      users: 5,
      unreadable: 1,
      withoutId: 1,
      routes: { passwordHash: 1, custom: 1, lazyOnly: 0, resetOnly: 1 },
      formats: [
        {
          format: 'bcrypt-2b',
          users: 2,
          parameters: [
            { parameters: 'cost 10', users: 1 },
            { parameters: 'cost 12', users: 1 },
          ],
          confidence: { certain: 2, likely: 0, guess: 0 },
          targets: [
            { route: 'password-hash', value: { password_hash: '*****' }, reason: null, users: 1 },
            {
              route: 'custom',
              value: {
                custom_password_hash: { algorithm: 'bcrypt', hash: { value: '*****', encoding: 'utf8' } },
              },
              reason: null,
              users: 1,
            },
          ],
          warnings: [],
          samples: [
            { key: [0], legacyId: '0' },
            { key: [1], legacyId: '1' },
          ],
        },
        {
          format: 'none',
          users: 1,
          parameters: [{ parameters: '', users: 1 }],
          confidence: { certain: 1, likely: 0, guess: 0 },
          targets: [
            {
              route: 'reset-only',
              value: null,
              reason: { code: 'password.none', severity: expect.any(String), title: expect.any(String) },
              users: 1,
            },
          ],
          warnings: [],
          samples: [{ key: [2], legacyId: '2' }],
        },
      ],
    });
  });

  it('stays small, and balanced, where every row has parameters of its own', () => {
    const salt = 'c2FsdHNhbHQ';
    const key = 'MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE';
    const values = Array.from(
      { length: 300 },
      (_, i) => `$pbkdf2-sha256$i=${10_000 + i},l=32$${salt}$${key}`,
    );
    const { formats, users, routes } = tallyOf(values).result();
    const [group] = formats;
    expect({
      users,
      routes,
      parameters: group?.parameters.length,
      last: group?.parameters[0],
      samples: group?.samples.length,
    }).toEqual({
      users: 300,
      routes: { passwordHash: 0, custom: 300, lazyOnly: 0, resetOnly: 0 },
      parameters: 21,
      last: { parameters: '(other)', users: 280 },
      samples: 5,
    });
  });
});
