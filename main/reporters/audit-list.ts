import type { AuditListHeader, ListedPerson } from '#contract/audit.ts';
import { csvCell, jsonText } from '#reporters/escape.ts';

/** One form of a list of people: what comes first, and what each person is. */
export interface AuditListFormat {
  head(header: AuditListHeader): string;
  people(people: readonly ListedPerson[]): string;
}

/** One JSON object per line. The first one says what the list is of: a later audit compares itself with it. */
const ndjson: AuditListFormat = {
  head: (header) => `${jsonText(header)}\n`,
  people: (people) => people.map((person) => `${jsonText(person)}\n`).join(''),
};

const COLUMNS = [
  'state',
  'code',
  'key',
  'legacy id',
  'tenant ids',
  'matched by',
  'sign',
  'migrated at',
  'seen at',
  'findings',
  'differs in',
  'email',
  'values',
] as const;

/** A sheet that is safe to open: no cell runs as a formula. */
const csv: AuditListFormat = {
  head: () => row(COLUMNS),
  people: (people) => people.map((person) => row(cellsOf(person))).join(''),
};

function row(cells: readonly (string | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function cellsOf(person: ListedPerson): readonly (string | null)[] {
  return [
    person.state,
    person.code,
    person.key === null ? null : person.key.join('/'),
    person.legacyId,
    person.tenantIds.join(' '),
    person.matchedBy,
    person.sign,
    person.migratedAt,
    person.seenAt,
    person.findings.join(' '),
    person.drift.join(' '),
    person.email,
    person.values === undefined ? null : valuesText(person.values),
  ];
}

function valuesText(values: NonNullable<ListedPerson['values']>): string {
  return values
    .map(({ attribute, legacy, tenant }) => `${attribute}: ${shown(legacy)} / ${shown(tenant)}`)
    .join('; ');
}

function shown(value: string | null): string {
  return value === null ? '(none)' : JSON.stringify(value);
}

export const AUDIT_LISTS = { ndjson, csv } as const;
