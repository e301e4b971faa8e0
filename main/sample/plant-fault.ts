import type { FaultName } from '#sample/planted-faults.ts';
import { createRandom } from '#sample/random.ts';
import type { SampleRow } from '#sample/sample-row.ts';

type Change = (row: SampleRow, nth: number) => Partial<SampleRow>;

/** The damaged copy of a sound row. `nth` walks through the fault's variants; `partner` is the row it clashes with. */
export function plantFault(
  fault: FaultName,
  row: SampleRow,
  nth: number,
  partner: SampleRow | null,
): SampleRow {
  if (fault === 'email-case-duplicate') return { ...row, email: otherCase(partner!.email!, nth) };
  if (fault === 'email-shared') return { ...row, email: partner!.email };
  if (fault === 'email-non-ascii') return { ...row, email: accented(partner!, nth).normalize('NFD') };
  return { ...row, ...CHANGES[fault](row, nth) };
}

/** What the earlier row of a pair needs so that the later one can clash with it. */
export function plantPartner(fault: FaultName, row: SampleRow, nth: number): SampleRow {
  return fault === 'email-non-ascii' ? { ...row, email: accented(row, nth).normalize('NFC') } : row;
}

const variant = <T>(values: readonly T[], nth: number): T => values[nth % values.length]!;

const CHANGES: Readonly<
  Record<Exclude<FaultName, 'email-case-duplicate' | 'email-shared' | 'email-non-ascii'>, Change>
> = {
  'email-invalid': (row, nth) => ({ email: variant(INVALID_EMAILS, nth)(row.email!, row.id) }),
  'email-missing': () => ({ email: null, email_confirmed: null }),
  'hash-missing': () => ({ pw_hash: null, pw_salt: null, pw_scheme: null }),
  'hash-garbled': (row, nth) => ({ pw_salt: null, ...variant(GARBLED_HASHES, nth)(row.id) }),
  'hash-plain-text': () => ({}),
  'username-like-email': (row) => ({ login_name: `${row.login_name}@old-shop.example` }),
  'username-too-long': (row, nth) => ({ login_name: `${row.login_name}-${variant(LONG_TAILS, nth)}` }),
  'username-bad-characters': (row, nth) => ({
    login_name: `${variant(BAD_CHARACTERS, nth)}${row.id}`,
  }),
  'metadata-too-large': (row, nth) => ({ preferences: oversized(row, nth) }),
  'app-metadata-forbidden-key': (row, nth) => ({
    profile_json: JSON.stringify({ ...JSON.parse(row.profile_json), ...variant(FORBIDDEN, nth) }),
  }),
  'metadata-key-characters': (row, nth) => ({
    preferences: JSON.stringify({ ...JSON.parse(row.preferences!), ...variant(BAD_KEYS, nth) }),
  }),
  'name-too-long': (row) => longNames(row),
  'phone-not-e164': (row, nth) => ({ phone: variant(PHONES, nth)(String(row.id)) }),
  'user-id-unstable': () => ({ legacy_uuid: null }),
  blocked: () => ({ is_locked: 1 }),
  'profiles-differ': (row, nth) => ({ display_name: variant(DISPLAY_NAMES, nth)(row) }),
  'script-throws': () => ({ preferences: null }),
  'script-never-calls-back': () => ({ status: 'review' }),
  'profile-json-broken': (row) => ({ profile_json: row.profile_json.slice(0, -9) }),
  'name-emoji': (row, nth) =>
    named(`${row.first_name} ${variant(['🚀', '👩‍💻', '𝒜', '🏳️‍🌈'], nth)}`, row.last_name),
  'name-right-to-left': (_row, nth) => named(...variant(RIGHT_TO_LEFT, nth)),
  'account-on-hold': (row, nth) => ({
    profile_json: JSON.stringify({ ...JSON.parse(row.profile_json), hold: variant(HOLDS, nth) }),
  }),
  'partner-address-capitals': (row) => ({
    email: `${row.email!.slice(0, row.email!.lastIndexOf('@'))}@Partner.Acme-Retail.example`,
  }),
};

function named(first_name: string, last_name: string): Partial<SampleRow> {
  return { first_name, last_name, display_name: `${first_name} ${last_name}` };
}

function otherCase(email: string, nth: number): string {
  const at = email.lastIndexOf('@');
  const [local, domain] = [email.slice(0, at), email.slice(at + 1)];
  if (nth % 3 === 0) return email.toUpperCase();
  if (nth % 3 === 1)
    return `${local.replaceAll(/(^|[._-])[a-z]/g, (start) => start.toUpperCase())}@${domain}`;
  return `${local[0]!.toUpperCase()}${local.slice(1)}@${domain[0]!.toUpperCase()}${domain.slice(1)}`;
}

function accented(row: SampleRow, nth: number): string {
  return `${variant(['zoé', 'jürgen', 'begoña', 'françois'], nth)}.${row.id}@mailbox.example`;
}

const INVALID_EMAILS: readonly ((email: string, id: number) => string)[] = [
  (email) => email.replace('@', '.at.'),
  (email) => email.replace('@', '@@'),
  (email) => email.replace('@', ' @'),
  (email) => email.slice(0, email.indexOf('@') + 1),
  (_email, id) => `${'very.long.local.part.'.repeat(4)}${id}@mailbox.example`,
  (email) => `${email.slice(0, email.indexOf('@'))}@.example`,
  (email) => `<${email}>`,
  (email) => email.replace('@', '..@'),
];

/** All of more than 40 characters, as hashes are: shorter ones could be passwords. */
const GARBLED_HASHES: readonly ((id: number) => Partial<SampleRow>)[] = [
  (id) => ({ pw_hash: `$2y$10$${randomText(id, 43)}`, pw_scheme: 'bcrypt' }),
  (id) => ({ pw_hash: `${randomText(id, 31)}~~${randomText(id + 1, 26)}`, pw_scheme: 'import2009' }),
  (id) => ({ pw_hash: `$argon2id$v=19$m=65536$${randomText(id, 32)}`, pw_scheme: 'argon2id' }),
  (id) => ({ pw_hash: `${randomText(id, 43)}?`, pw_scheme: 'unknown' }),
  (id) => ({ pw_hash: `pbkdf2_sha256$$${randomText(id, 39)}`, pw_scheme: 'pbkdf2' }),
];

function randomText(seed: number, length: number): string {
  return createRandom(seed, 77).bytes(length).toString('base64url').slice(0, length);
}

const LONG_TAILS = ['wholesale-account', 'berlin', 'customer-service-team-2'];
const BAD_CHARACTERS = ['josé ', 'a b ', 'm/k', 'ann,', 'x&y', 'müller', 'k"'];

const HOLDS = ['payment', 'payment', 'fraud-check'];

const FORBIDDEN: readonly Readonly<Record<string, unknown>>[] = [
  { identities: [{ provider: 'shop', user: 1 }] },
  { lastIP: '192.0.2.7' },
  { loginsCount: 12 },
  { created_at: '2014-02-01' },
  { blocked: false },
  { user_id: 'legacy' },
];

const BAD_KEYS: readonly Readonly<Record<string, unknown>>[] = [
  { 'ui.sidebar': 'closed' },
  { $version: 3 },
  { mail$digest: true },
  { layout: { 'grid.columns': 4 } },
];

function oversized(row: SampleRow, nth: number): string {
  const items = Array.from({ length: 240 + (nth % 4) * 40 }, (_, at) => ({
    item: `article-${row.id}-${at}`,
    quantity: (at % 5) + 1,
    note: 'remember',
  }));
  return JSON.stringify({ ...JSON.parse(row.preferences!), shopping_list: items });
}

function longNames(row: SampleRow): Partial<SampleRow> {
  const address = 'c/o Building Management, Northern Industrial Estate, ';
  return named(
    `${row.first_name}, ${address.repeat(3)}`.trim(),
    `${row.last_name}, ${address.repeat(3)}`.trim(),
  );
}

const PHONES: readonly ((id: string) => string)[] = [
  (id) => `030 / ${id}`,
  (id) => `0049 30 ${id}`,
  (id) => `+49 (0)30 ${id}`,
  (id) => `(415) 555-${id}`,
  (id) => `${id} ext. 12`,
  (id) => `+4930123456789${id}`,
];

const DISPLAY_NAMES: readonly ((row: SampleRow) => string)[] = [
  (row) => `Dr. ${row.first_name} ${row.last_name}`,
  (row) => `${row.last_name}, ${row.first_name}`,
  (row) => row.first_name,
  (row) => `${row.first_name[0]}. ${row.last_name}`,
];

const RIGHT_TO_LEFT: readonly (readonly [string, string])[] = [
  ['ליאור', 'בן־דוד'],
  ['فاطمة', 'الزهراء'],
  ['یاسمن', 'رضایی'],
];
