import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import Database from 'better-sqlite3';

/*
 * Two user stores with planted differences, and what an audit has to find: a thousand legacy users repeat one
 * pattern, so that the right answer for any number of thousands is a multiplication.
 */

const CONNECTION = 'acme-users';
const IMPORT_SINCE = '2026-03-01T00:00:00.000Z';

type Kind =
  | 'login-marker'
  | 'support-marker'
  | 'get-user-marker'
  | 'not-yet'
  | 'no-marker'
  | 'never-logged-in'
  | 'same-email-other-id'
  | 'same-username-other-id'
  | 'second-user-same-email'
  | 'two-rows-one-email'
  | 'email-changed'
  | 'email-other-case'
  | 'names-changed'
  | 'blocked-in-legacy'
  | 'double-prefix'
  | 'metadata-lost'
  | 'bare-profile';

/** How many of each thousand. Whoever is left over has a login marker. */
const PATTERN: readonly (readonly [Kind, number])[] = [
  ['not-yet', 50],
  ['support-marker', 100],
  ['get-user-marker', 50],
  ['no-marker', 40],
  ['never-logged-in', 60],
  // At an even number: its rows are pairs.
  ['two-rows-one-email', 4],
  ['same-email-other-id', 7],
  ['same-username-other-id', 3],
  ['second-user-same-email', 5],
  ['email-changed', 11],
  ['email-other-case', 9],
  ['names-changed', 13],
  ['blocked-in-legacy', 2],
  ['double-prefix', 6],
  ['metadata-lost', 8],
  ['bare-profile', 1],
];
const OF_EACH: readonly Kind[] = PATTERN.flatMap(([kind, many]) => Array.from({ length: many }, () => kind));
const STRANGERS = 12;
const SIGN_UPS = 10;
const OTHERS = 20;
const REPEATED = 3;
const BROKEN = 2;

export function kindOf(index: number): Kind {
  return OF_EACH[index % 1000] ?? 'login-marker';
}

export function legacyRow(index: number) {
  const kind = kindOf(index);
  // Two rows of one kind share an address but for its case.
  const named = kind === 'two-rows-one-email' ? index - (index % 2) : index;
  const email = `user.${named}@mail-${named % 97}.example`;
  return {
    id: `L${index}`,
    email: named === index ? email : email.toUpperCase(),
    email_verified: 1,
    username: `user_${index}`,
    given_name: `Ada ${index % 500}`,
    family_name: `Lovelace ${index % 700}`,
    nickname: `ada${index}`,
    blocked: kind === 'blocked-in-legacy' ? 1 : 0,
    plan: index % 3 === 0 ? 'gold' : 'basic',
  };
}

const stamp = (index: number) => new Date(Date.UTC(2026, 3, 1) + index * 1000).toISOString();
const before = (index: number) => new Date(Date.UTC(2025, 3, 1) + index * 1000).toISOString();

function exported(
  index: number,
  changes: Record<string, unknown>,
  id = `L${index}`,
): Record<string, unknown> {
  const row = legacyRow(index);
  return {
    user_id: `auth0|${id}`,
    email: row.email.toLowerCase(),
    email_verified: true,
    username: row.username,
    given_name: row.given_name,
    family_name: row.family_name,
    name: row.email.toLowerCase(),
    nickname: row.nickname,
    picture: `https://cdn.auth0.com/avatars/us.png`,
    blocked: false,
    identities: [{ connection: CONNECTION, user_id: id, provider: 'auth0', isSocial: false }],
    user_metadata: { plan: row.plan, seen: index },
    created_at: before(index),
    updated_at: stamp(index),
    last_login: stamp(index),
    last_ip: '203.0.113.9',
    logins_count: 1 + (index % 40),
    ...changes,
  };
}

const byLogin = (index: number) => ({
  app_metadata: { userferry: { migratedAt: stamp(index), by: 'login' } },
});

/** What the tenant has for one legacy user. */
function tenantUsers(index: number): readonly Record<string, unknown>[] {
  const marked = (changes: Record<string, unknown> = {}, id?: string) =>
    exported(index, { ...byLogin(index), ...changes }, id);
  switch (kindOf(index)) {
    case 'not-yet':
      return [];
    case 'support-marker':
      return [exported(index, { app_metadata: { lazyMigration: true, lazyMigrationTime: stamp(index) } })];
    case 'get-user-marker':
      return [exported(index, { app_metadata: { userferry: { migratedAt: stamp(index), by: 'get_user' } } })];
    case 'no-marker':
      return [exported(index, {})];
    case 'never-logged-in':
      return [exported(index, { created_at: stamp(index), last_login: undefined, logins_count: undefined })];
    case 'same-email-other-id':
      return [marked({}, `other-${index}`)];
    case 'same-username-other-id':
      return [marked({ email: `elsewhere.${index}@mail.example` }, `other-${index}`)];
    case 'second-user-same-email':
      return [
        marked(),
        exported(
          index,
          { username: undefined, email: legacyRow(index).email.toUpperCase() },
          `second-${index}`,
        ),
      ];
    case 'email-changed':
      return [marked({ email: `changed.${index}@mail.example` })];
    case 'email-other-case':
      return [marked({ email: legacyRow(index).email.toUpperCase() })];
    case 'names-changed':
      return [marked({ given_name: 'Grace', family_name: 'Hopper' })];
    case 'double-prefix':
      return [marked({ user_id: `auth0|auth0|L${index}` })];
    case 'metadata-lost':
      return [marked({ user_metadata: undefined })];
    case 'bare-profile':
      return [marked({ email: undefined, username: undefined })];
    default:
      return [marked()];
  }
}

/** Lines of the export, in another order than the legacy rows. `users` is a number of whole thousands. */
export function* exportLines(users: number): IterableIterator<string> {
  for (let n = 0; n < users; n++) {
    // 7919 is a prime that divides no number of thousands below it.
    const index = (n * 7919) % users;
    for (const record of tenantUsers(index)) yield JSON.stringify(record);
    const within = index % 1000;
    const email = (what: string) => ({
      email: `${what}.${index}@new.example`,
      username: undefined,
      app_metadata: undefined,
    });
    if (within < STRANGERS) yield JSON.stringify(exported(index, email('stranger'), `stranger-${index}`));
    else if (within < STRANGERS + SIGN_UPS) {
      const created_at = stamp(index);
      yield JSON.stringify(exported(index, { ...email('sign-up'), created_at }, `sign-up-${index}`));
    } else if (within < STRANGERS + SIGN_UPS + OTHERS) {
      const identities = [
        { connection: 'google-oauth2', user_id: `${index}`, provider: 'google-oauth2', isSocial: true },
      ];
      yield JSON.stringify(exported(index, { user_id: `google-oauth2|${index}`, identities }));
    } else if (within >= 1000 - REPEATED) yield JSON.stringify(tenantUsers(index)[0]);
    else if (within >= 1000 - REPEATED - BROKEN) yield `{"user_id":"auth0|cut-${index}`;
  }
}

export const PLANTED_OPTIONS = { importSince: IMPORT_SINCE, cutover: IMPORT_SINCE } as const;

const times = (thousands: number, counts: Record<string, number>) =>
  Object.fromEntries(Object.entries(counts).map(([name, many]) => [name, many * thousands]));

/** The right answer. */
export function plantedTruth(users: number) {
  const thousands = users / 1000;
  const many = Object.fromEntries(PATTERN) as Record<Kind, number>;
  const logins = 1000 - OF_EACH.length;
  const drifting =
    many['email-changed'] +
    many['names-changed'] +
    many['blocked-in-legacy'] +
    many['metadata-lost'] +
    many['bare-profile'] +
    many['same-username-other-id'];
  const byMarker =
    logins +
    many['email-changed'] +
    many['email-other-case'] +
    many['names-changed'] +
    many['blocked-in-legacy'] +
    many['double-prefix'] +
    many['metadata-lost'];
  const migrated = byMarker + many['support-marker'] + many['get-user-marker'] + many['never-logged-in'];
  const matched = 1000 - many['not-yet'] + many['second-user-same-email'];
  return {
    legacy: times(thousands, { rows: 1000, users: 1000, unreadable: 0, withoutId: 0 }),
    tenant: times(thousands, {
      lines: matched + STRANGERS + SIGN_UPS + OTHERS + REPEATED + BROKEN,
      users: matched + STRANGERS + SIGN_UPS + REPEATED,
      otherConnections: OTHERS,
      broken: BROKEN,
      repeated: REPEATED,
      deleted: 0,
      matched,
    }),
    states: times(thousands, {
      migrated,
      'not-yet audit.not-migrated': many['not-yet'],
      'indeterminate audit.created-before-import': many['no-marker'],
      'conflict audit.id-differs': many['same-email-other-id'],
      'conflict audit.id-differs-by-username': many['same-username-other-id'],
      'duplicate audit.duplicate-user': many['second-user-same-email'],
      'duplicate audit.duplicate-email': many['two-rows-one-email'],
      'partial audit.incomplete-profile': many['bare-profile'],
      'stranger audit.stranger': STRANGERS,
      'sign-up audit.sign-up': SIGN_UPS,
    }),
    signs: times(thousands, {
      'login-marker': byMarker,
      marker: many['support-marker'],
      'get-user-marker': many['get-user-marker'],
      // Made after the switch: that is told first.
      'created-after-import': many['never-logged-in'],
    }),
    findings: times(thousands, {
      'audit.email-differs': many['email-changed'] + many['bare-profile'] + many['same-username-other-id'],
      'audit.blocked-only-in-legacy': many['blocked-in-legacy'],
      'audit.double-prefix': many['double-prefix'],
      'audit.metadata-missing': many['metadata-lost'],
      'audit.attributes-differ': many['names-changed'] + many['metadata-lost'] + many['bare-profile'],
    }),
    drift: times(thousands, {
      email: many['email-changed'] + many['bare-profile'] + many['same-username-other-id'],
      username: many['bare-profile'],
      given_name: many['names-changed'],
      family_name: many['names-changed'],
      blocked: many['blocked-in-legacy'],
      user_metadata: many['metadata-lost'],
    }),
    drifting: drifting * thousands,
  };
}

export const PLANTED_SETTINGS = {
  version: 1,
  name: 'acme',
  legacy: { engine: 'sqlite', file: 'legacy.db' },
  users: { table: 'users', key: ['n'] },
  fields: {
    id: 'id',
    email: 'email',
    emailVerified: 'email_verified',
    username: 'username',
    givenName: 'given_name',
    familyName: 'family_name',
    nickname: 'nickname',
    blocked: 'blocked',
    userMetadata: ['plan'],
  },
  connection: CONNECTION,
} as const;

export function writePlantedLegacy(path: string, users: number): void {
  const db = new Database(path);
  db.pragma('journal_mode = OFF');
  db.exec(
    'CREATE TABLE users (n INTEGER PRIMARY KEY, id TEXT, email TEXT, email_verified INTEGER, username TEXT, given_name TEXT, family_name TEXT, nickname TEXT, blocked INTEGER, plan TEXT)',
  );
  const insert = db.prepare('INSERT INTO users VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  db.transaction(() => {
    for (let index = 0; index < users; index++) insert.run(index, ...Object.values(legacyRow(index)));
  })();
  db.close();
}

export async function writePlantedExport(path: string, users: number): Promise<void> {
  function* text() {
    let lines = '';
    for (const line of exportLines(users)) {
      lines += `${line}\n`;
      if (lines.length < 65_536) continue;
      yield lines;
      lines = '';
    }
    yield lines;
  }
  const packed = path.endsWith('.gz') ? [createGzip({ level: 4 })] : [];
  await pipeline([Readable.from(text()), ...packed, createWriteStream(path)]);
}
