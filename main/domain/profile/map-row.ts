import type { DiagnosticCode } from '#domain/diagnostics/catalog.ts';
import type { UserFinding } from '#domain/diagnostics/user-finding.ts';
import { finding } from '#domain/diagnostics/user-finding.ts';
import type { JsonObject } from '#domain/json.ts';
import type { FieldMapping, LegacyKey, LegacyRow, LegacyUser } from '#domain/profile/legacy-user.ts';
import { rowBoolean } from '#domain/profile/row-boolean.ts';
import { rowDate } from '#domain/profile/row-date.ts';
import { rowJson, rowJsonObject } from '#domain/profile/row-json.ts';
import { rowSecret } from '#domain/profile/row-secret.ts';
import type { RowText, TextNote } from '#domain/profile/row-text.ts';
import { rowText, valueKind } from '#domain/profile/row-text.ts';
import { Secret } from '#domain/secret.ts';

export interface MappedRow {
  /** Null where the row has no id: then nothing can be said about the user. */
  readonly user: LegacyUser | null;
  readonly findings: readonly UserFinding[];
}

const NOTE_CODES: Readonly<Record<TextNote, DiagnosticCode>> = {
  trimmed: 'profile.text-trimmed',
  binary: 'profile.binary-as-hex',
  imprecise: 'profile.id-imprecise',
  object: 'profile.text-unreadable',
  'salt-ends': 'profile.salt-with-blanks',
};

/** Turns one raw row into a typed legacy user. Findings name columns, kinds and lengths, never values. */
export function mapRow(row: LegacyRow, key: LegacyKey, mapping: FieldMapping): MappedRow {
  const findings: UserFinding[] = [];
  const read = columnReader(row, findings);
  const id = read.text(mapping.id);
  if (id === null) {
    findings.push(finding('profile.id-missing', `column ${mapping.id}: ${valueKind(row[mapping.id])}`));
    return { user: null, findings };
  }
  const user: LegacyUser = {
    key,
    id,
    email: read.text(mapping.email),
    emailVerified: read.boolean(mapping.emailVerified),
    username: read.text(mapping.username),
    passwordHash: read.secret(mapping.passwordHash, 'hash'),
    passwordSalt: read.secret(mapping.passwordSalt, 'salt'),
    passwordScheme: read.text(mapping.passwordScheme),
    name: read.text(mapping.name),
    givenName: read.text(mapping.givenName),
    familyName: read.text(mapping.familyName),
    nickname: read.text(mapping.nickname),
    picture: read.text(mapping.picture),
    phoneNumber: read.text(mapping.phoneNumber),
    phoneVerified: read.boolean(mapping.phoneVerified),
    lastLogin: read.date(mapping.lastLogin),
    createdAt: read.date(mapping.createdAt),
    blocked: read.boolean(mapping.blocked),
    userMetadata: read.metadata(mapping.userMetadata),
    appMetadata: read.metadata(mapping.appMetadata),
  };
  return { user, findings };
}

interface ColumnReader {
  text(column: string | undefined): string | null;
  secret(column: string | undefined, role: 'hash' | 'salt'): Secret | null;
  boolean(column: string | undefined): boolean;
  date(column: string | undefined): string | null;
  metadata(columns: string | readonly string[] | undefined): JsonObject | null;
}

function columnReader(row: LegacyRow, findings: UserFinding[]): ColumnReader {
  const noted = ({ text, note }: RowText, column: string): string | null => {
    if (note !== null) findings.push(finding(NOTE_CODES[note], about(row, column)));
    return text;
  };
  return {
    text: (column) => (column === undefined ? null : noted(rowText(row[column]), column)),
    secret(column, role) {
      const value = column === undefined ? null : noted(rowSecret(row[column], role), column);
      return value === null ? null : new Secret(value);
    },
    boolean(column) {
      const value = column === undefined ? false : rowBoolean(row[column]);
      if (value === null) findings.push(finding('profile.boolean-unreadable', about(row, column!)));
      return value ?? false;
    },
    date(column) {
      if (column === undefined) return null;
      const { iso, readable } = rowDate(row[column]);
      if (!readable) findings.push(finding('profile.date-unreadable', about(row, column)));
      return iso;
    },
    metadata: (columns) =>
      typeof columns === 'string' ? jsonColumn(row, columns, findings) : joined(row, columns),
  };
}

function jsonColumn(row: LegacyRow, column: string, findings: UserFinding[]): JsonObject | null {
  const read = rowJsonObject(row[column]);
  if (read.kind === 'object') return read.value;
  findings.push(finding('profile.metadata-unreadable', `column ${column}: ${read.why}`));
  return null;
}

/** Several columns become one object, keyed by column name; columns without a value are left out. */
function joined(row: LegacyRow, columns: readonly string[] | undefined): JsonObject | null {
  if (columns === undefined) return null;
  const members = columns
    .filter((column) => row[column] !== null && row[column] !== undefined)
    .map((column) => [column, rowJson(row[column])] as const);
  return members.length === 0 ? null : Object.fromEntries(members);
}

function about(row: LegacyRow, column: string): string {
  return `column ${column}: ${valueKind(row[column])}`;
}
