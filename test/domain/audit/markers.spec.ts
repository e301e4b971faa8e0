import { expect, it } from 'vitest';
import { connectionId, hasDoublePrefix, identifierKey, isDatabaseId } from '#domain/audit/identity.ts';
import { DEFAULT_MARKERS, markerIn, withoutMarkers } from '#domain/audit/markers.ts';
import type { JsonObject } from '#domain/json.ts';

const AT = '2026-06-01T08:00:00.000Z';
const marker = (metadata: JsonObject | null) => markerIn(metadata, DEFAULT_MARKERS);

it('reads the markers that scripts set', () => {
  expect([
    marker({ userferry: { migratedAt: AT, by: 'login' } }),
    marker({ lazyMigration: true, lazyMigrationTime: AT }),
    marker({ lazyMigration: true, lazyMigrationTime: 1_780_300_800 }),
    marker({ lazyMigration: 'true' }),
    // A flag that is a date is its own time.
    marker({ lazyMigration: '2026-06-01 08:00:00' }),
    markerIn({ m: { when: AT } }, [{ flag: 'm.when' }]),
  ]).toEqual([
    { at: AT, by: 'login' },
    { at: AT, by: null },
    { at: AT, by: null },
    { at: null, by: null },
    { at: AT, by: null },
    { at: AT, by: null },
  ]);
});

it('takes no for no', () => {
  expect(
    [
      null,
      {},
      { lazyMigration: false },
      { lazyMigration: 'false' },
      { lazyMigration: 0 },
      { userferry: 'x' },
    ].map(marker),
  ).toEqual([null, null, null, null, null, null]);
});

it('leaves markers out of what is compared', () => {
  const metadata = {
    plan: 'gold',
    userferry: { migratedAt: AT },
    lazyMigration: true,
    lazyMigrationTime: AT,
  };
  expect(withoutMarkers(metadata, DEFAULT_MARKERS)).toEqual({ plan: 'gold' });
});

it('knows ids with and without the prefix, and identifiers in any case', () => {
  expect([
    ['auth0|5', 'auth0|auth0|5', '5', 'auth0|acme|5'].map(connectionId),
    ['auth0|5', 'auth0|auth0|5'].map(hasDoublePrefix),
    ['auth0|5', '5', 'A|B', 'google-oauth2|5'].map(isDatabaseId),
    [' Ada@Example.COM ', '', null].map(identifierKey),
  ]).toEqual([
    ['5', '5', '5', 'acme|5'],
    [false, true],
    [true, true, true, false],
    ['ada@example.com', null, null],
  ]);
});
