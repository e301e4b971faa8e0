import type { Inspection } from '#contract/legacy.ts';
import type { Assumptions } from '#domain/assumptions.ts';
import { importRecord } from '#domain/migration/import-record.ts';
import { validateImportRecord } from '#domain/migration/validate-import-record.ts';
import { recogniseHash } from '#domain/password/recognise-hash.ts';
import type { RecognisedHash } from '#domain/password/recognised-hash.ts';
import type { FieldMapping, LegacyRow, LegacyUser } from '#domain/profile/legacy-user.ts';
import { mapRow } from '#domain/profile/map-row.ts';
import type { ConnectionOptions } from '#engine/ports/project-store.ts';
import { remarkOf } from '#engine/passwords/remark.ts';

type Preview = Inspection['preview'][number];

/** Rules of the connection that a previewed user will meet. */
export interface PreviewRules {
  readonly connection: Pick<ConnectionOptions, 'requiresUsername' | 'usernameLength'>;
  readonly assumptions: Assumptions;
  /** Show texts about people as they are. Passwords, salts and what is in metadata stay hidden. */
  readonly personalData?: boolean;
}

/** One row as the mapping would read it. Enough to see that columns are right, too little to know the person. */
export function previewUser(row: LegacyRow, mapping: FieldMapping, rules: PreviewRules): Preview {
  const { user, findings } = mapRow(row, [], mapping);
  const mapped = findings.map(({ code, detail }) => ({ ...remarkOf(code), detail }));
  if (user === null) return { values: [], findings: mapped };
  const recognised = recogniseHash(user.passwordHash, user.passwordSalt, user.passwordScheme);
  const { record, findings: hashFindings } = importRecord(user, recognised);
  const { requiresUsername, usernameLength } = rules.connection;
  const refusals = validateImportRecord(record, {
    requiresUsername,
    usernameLength,
    assumptions: rules.assumptions,
  });
  const later = [
    ...hashFindings,
    ...refusals.map(({ cause, error }) => ({ code: cause, detail: error.path ?? error.code })),
  ].map(({ code, detail }) => ({ ...remarkOf(code), detail }));
  const seen = new Set<string>();
  const text = rules.personalData === true ? plainText : masked;
  return {
    values: Object.entries(mapping).flatMap(([attribute, column]) =>
      column === undefined
        ? []
        : [{ attribute, value: shown(attribute as keyof FieldMapping, user, recognised, text) }],
    ),
    findings: [...mapped, ...later].filter(({ code }) => !seen.has(code) && seen.add(code) !== undefined),
  };
}

const NOTHING = '(none)';

function shown(
  attribute: keyof FieldMapping,
  user: LegacyUser,
  recognised: RecognisedHash,
  text: (value: string | null) => string,
): string {
  switch (attribute) {
    case 'id':
      // Numbers and UUIDs say nothing about a person, and reports name users by them.
      return /^(\d+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.test(user.id) ? user.id : text(user.id);
    case 'passwordHash':
      return hashInWords(recognised);
    case 'passwordSalt':
      return user.passwordSalt === null ? NOTHING : 'a salt';
    case 'userMetadata':
    case 'appMetadata': {
      const metadata = user[attribute];
      return metadata === null ? NOTHING : `an object of ${Object.keys(metadata).length} members`;
    }
    case 'emailVerified':
    case 'phoneVerified':
    case 'blocked':
      return user[attribute] ? 'yes' : 'no';
    case 'lastLogin':
    case 'createdAt':
      return user[attribute] ?? NOTHING;
    default:
      return text(user[attribute]);
  }
}

const ROUTES = {
  'password-hash': 'importable as password_hash',
  custom: 'importable as custom_password_hash',
  'lazy-only': 'only lazy migration can check it',
  'reset-only': 'needs a password reset',
} as const satisfies Record<RecognisedHash['route']['kind'], string>;

function hashInWords({ format, parameters, route }: RecognisedHash): string {
  return `${[format, parameters].filter((text) => text !== '').join(', ')}: ${ROUTES[route.kind]}`;
}

function plainText(text: string | null): string {
  return text === null ? NOTHING : text.slice(0, MOST_SHOWN);
}

const MOST_SHOWN = 300;

/** First letters stay, so that a first name can be told from a last name; an address keeps its form. */
export function masked(text: string | null): string {
  if (text === null) return NOTHING;
  return text
    .slice(0, 60)
    .replaceAll(/[\p{L}\p{N}]+/gu, (word) => (word.length <= 2 ? '*'.repeat(word.length) : `${word[0]}***`));
}
