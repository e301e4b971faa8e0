import { type HashScheme, randomHash } from '#sample/hash-schemes.ts';
import { FIRST_NAMES, LAST_NAMES, type Name } from '#sample/names.ts';
import { createRandom, type Random } from '#sample/random.ts';
import type { SampleOptions, SampleRow } from '#sample/sample-row.ts';

const DAY = 86_400_000;
const YEARS_OLD = 15;

/** Primary key of a row: rising, with gaps of up to four as deletions leave them. */
export function legacyId(seed: number, position: number): number {
  return 1001 + position * 3 + createRandom(seed, position).below(3);
}

/** A sound row: unique address and login name, a hash of its era, dates that fit together. */
export function cleanUser(options: SampleOptions, position: number): SampleRow {
  const { seed } = options;
  const id = legacyId(seed, position);
  const random = createRandom(seed ^ 0x5a17, position);
  const { first, last, email } = identity(options, position, random);
  const times = dates(options, position, random);
  const hash = randomHash(schemeOf(times, random), random);
  return {
    id,
    legacy_uuid: uuid(random),
    email,
    email_confirmed: random.weighted([
      [80, 1],
      [12, 0],
      [8, null],
    ]),
    login_name: loginName(first, last, id),
    ...hash,
    first_name: first.written,
    last_name: last.written,
    display_name: `${first.written} ${last.written}`,
    phone: random.below(100) < 45 ? phone(id, random) : null,
    avatar: random.below(100) < 60 ? `https://img.acme-retail.example/u/${id}.jpg` : null,
    status: 'active',
    is_locked: 0,
    created_at: isoSeconds(times.created),
    last_login_at: times.lastLogin === null ? null : isoSeconds(times.lastLogin),
    profile_json: profileJson(id, random),
    preferences: preferencesJson(random),
  };
}

const DOMAINS: readonly (readonly [number, string])[] = [
  [26, 'mailbox.example'],
  [18, 'inbox.example'],
  [14, 'post.example'],
  [10, 'webmail.example.net'],
  [8, 'telecom.example.org'],
  [5, 'uni-nord.example'],
  [4, 'acme-retail.example'],
  [15, ''],
];

/**
 * Names and address of a row. Positions are spread over all combinations of first name, last name and a running
 * number, so no two rows share one and nothing has to be remembered.
 */
function identity(options: SampleOptions, position: number, random: Random) {
  const combinations = FIRST_NAMES.length * LAST_NAMES.length;
  const size = combinations * Math.ceil(options.users / combinations);
  const spread = (position * strideFor(size) + (options.seed >>> 0)) % size;
  const first = FIRST_NAMES[spread % FIRST_NAMES.length]!;
  const last = LAST_NAMES[Math.floor(spread / FIRST_NAMES.length) % LAST_NAMES.length]!;
  const round = Math.floor(spread / combinations);
  const local =
    first.plain + random.pick(['.', '.', '.', '_', '-']) + last.plain + (round === 0 ? '' : round + 1);
  const domain = random.weighted(DOMAINS) || `${last.plain}-${random.below(40) + 2}.example.com`;
  return { first, last, email: `${local}@${domain}` };
}

/** A step that visits every one of `size` places: it shares no factor with it. */
function strideFor(size: number): number {
  let stride = 610_639;
  while (commonFactor(stride, size) !== 1) stride += 2;
  return stride;
}

function commonFactor(a: number, b: number): number {
  return b === 0 ? a : commonFactor(b, a % b);
}

/** At most 15 characters; the number makes it unique. */
function loginName(first: Name, last: Name, id: number): string {
  return `${first.plain[0]}${last.plain.slice(0, 14 - String(id).length)}${id}`;
}

/** E.164, unique because the row's number is in it. */
function phone(id: number, random: Random): string {
  const prefix = random.pick([
    '+4930',
    '+4420',
    '+3314',
    '+3491',
    '+3906',
    '+1415',
    '+4822',
    '+4670',
    '+9122',
  ]);
  return `${prefix}${String(id).padStart(7, '0')}`;
}

interface Dates {
  readonly created: number;
  readonly lastLogin: number | null;
  /** 0: the oldest row, 1: the newest. */
  readonly era: number;
}

/** Sign-ups grow over the years; logins are mostly recent, with a long tail and some who never came back. */
function dates({ users, now }: SampleOptions, position: number, random: Random): Dates {
  const span = YEARS_OLD * 365.25 * DAY;
  const era = Math.sqrt((position + random.below(1000) / 1000) / users);
  const created = now - span + Math.floor(era * (span - DAY));
  const days = random.weighted<readonly [number, number] | null>([
    [20, [0, 7]],
    [20, [7, 30]],
    [16, [30, 90]],
    [18, [90, 365]],
    [13, [365, 1095]],
    [5, [1095, 4000]],
    [8, null],
  ]);
  if (days === null) return { created, lastLogin: null, era };
  const ago = (days[0] * 86_400 + random.below((days[1] - days[0]) * 86_400)) * 1000;
  const lastLogin = now - ago >= created ? now - ago : created + random.below(1000) * 1000;
  return { created, lastLogin, era };
}

const ERAS: readonly (readonly [until: number, readonly (readonly [number, HashScheme])[]])[] = [
  [0.2, [[55, 'md5'], [45, 'sha1']]],
  [0.4, [[10, 'md5'], [20, 'sha1'], [35, 'sha1-salted'], [20, 'ssha'], [15, 'acme1']]],
  [0.6, [[30, 'sha256-salted'], [10, 'sha256'], [25, 'pbkdf2-django'], [20, 'bcrypt-2a'], [15, 'acme1']]],
  [0.8, [[50, 'bcrypt-2y'], [15, 'bcrypt-2a'], [25, 'pbkdf2-phc'], [10, 'scrypt']]],
  [1, [[60, 'bcrypt-2b'], [30, 'argon2id'], [10, 'scrypt']]],
]; // biome-ignore format: one era a line reads best

/** Most people who still log in were given a new hash when they did. */
function schemeOf({ created, lastLogin, era }: Dates, random: Random): HashScheme {
  const returned = lastLogin !== null && lastLogin - created > 400 * DAY;
  const rehashed = returned && random.below(100) < 55;
  const age = rehashed ? 0.95 : era;
  return random.weighted((ERAS.find(([until]) => age <= until) ?? ERAS.at(-1)!)[1]);
}

function uuid(random: Random): string {
  const bytes = random.bytes(16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function profileJson(id: number, random: Random): string {
  return JSON.stringify({
    customer_number: `C-${id}`,
    plan: random.weighted([[70, 'basic'], [24, 'plus'], [6, 'business']]),
    roles: random.below(50) === 0 ? ['customer', 'reviewer'] : ['customer'],
  }); // biome-ignore format: weights read best on one line
}

function preferencesJson(random: Random): string {
  return JSON.stringify({
    locale: random.pick([
      'en-GB',
      'en-US',
      'de-DE',
      'fr-FR',
      'es-ES',
      'it-IT',
      'pl-PL',
      'sv-SE',
      'tr-TR',
      'hi-IN',
    ]),
    newsletter: random.below(3) === 0,
    theme: random.pick(['light', 'dark', 'system']),
  });
}

/** ISO 8601 without milliseconds: what every engine's date type can hold. */
function isoSeconds(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
