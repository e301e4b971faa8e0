import { diagnostic } from '#domain/diagnostics/catalog.ts';
import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import type { LegacyRow } from '#domain/profile/legacy-user.ts';
import { rowBoolean } from '#domain/profile/row-boolean.ts';
import { rowDate } from '#domain/profile/row-date.ts';
import type { ProjectSettings } from '#contract/project-settings.ts';
import { didYouMean } from '#project/did-you-mean.ts';

type Fields = ProjectSettings['fields'];
type Field = keyof Fields;

interface Expectation {
  readonly what: string;
  /** Share of the values, of those that are there, that have to look right. */
  readonly atLeast: number;
  readonly looksRight: (value: unknown) => boolean;
}

const text = (pattern: RegExp) => (value: unknown) => pattern.test(String(value));
const yesOrNo: Expectation = {
  what: 'a yes or no',
  atLeast: 0.9,
  looksRight: (value) => rowBoolean(value) !== null,
};
const date: Expectation = { what: 'a date', atLeast: 0.9, looksRight: (value) => rowDate(value).readable };
const json: Expectation = { what: 'a JSON object', atLeast: 0.8, looksRight: isJsonObjectText };

const EXPECTATIONS: Readonly<Partial<Record<Field, Expectation>>> = {
  email: { what: 'an e-mail address', atLeast: 0.8, looksRight: text(/^[^@\s]+@[^@\s]+$/) },
  emailVerified: yesOrNo,
  phoneVerified: yesOrNo,
  blocked: yesOrNo,
  lastLogin: date,
  createdAt: date,
  username: { what: 'a login name', atLeast: 0.5, looksRight: text(/^[^@]{1,128}$/) },
  passwordHash: { what: 'a password hash', atLeast: 0.7, looksRight: text(/^\S[\s\S]{15,}$/) },
  picture: { what: 'an address of a picture', atLeast: 0.5, looksRight: text(/^https?:\/\//i) },
  phoneNumber: { what: 'a telephone number', atLeast: 0.7, looksRight: text(/^\+?[\d\s().\-/]{5,}/) },
  userMetadata: json,
  appMetadata: json,
};

/** Fewer values than this say nothing about a column. */
const ENOUGH = 20;

/** Whether every mapped column exists and, by the rows given, holds what its attribute needs. */
export function checkFields(
  fields: Fields,
  columns: readonly string[],
  rows: readonly LegacyRow[],
): Diagnostic[] {
  const problems: Diagnostic[] = [];
  for (const [field, mapped] of Object.entries(fields) as [Field, string | string[] | undefined][]) {
    for (const name of mapped === undefined ? [] : [mapped].flat()) {
      if (columns.includes(name)) continue;
      const message = `"fields.${field}" names column "${name}", which the users query does not give.${didYouMean(name, columns)}`;
      problems.push(diagnostic('project.column-missing', message, { place: setting(field) }));
    }
    // Several columns make one object of their values: there is no form that each of them should have.
    if (typeof mapped === 'string' && columns.includes(mapped))
      problems.push(...checkValues(field, mapped, rows));
  }
  return problems;
}

function checkValues(field: Field, column: string, rows: readonly LegacyRow[]): Diagnostic[] {
  const values = rows
    .map((row) => row[column])
    .filter((value) => value !== null && value !== undefined && value !== '');
  if (field === 'id') return checkIds(column, rows, values);
  const expected = EXPECTATIONS[field];
  if (rows.length >= ENOUGH && values.length === 0) {
    return [
      suspicious(
        field,
        `Column "${column}", mapped to ${field}, is empty in all ${rows.length} rows looked at.`,
      ),
    ];
  }
  if (expected === undefined || values.length < ENOUGH) return [];
  const right = values.filter((value) => expected.looksRight(value)).length;
  if (right / values.length >= expected.atLeast) return [];
  const share = `${right} of ${values.length} values`;
  return [
    suspicious(field, `Only ${share} of column "${column}", mapped to ${field}, look like ${expected.what}.`),
  ];
}

function checkIds(column: string, rows: readonly LegacyRow[], values: readonly unknown[]): Diagnostic[] {
  if (values.length < rows.length) {
    const count = rows.length - values.length;
    return [
      suspicious(
        'id',
        `Column "${column}", mapped to id, is empty in ${count} of ${rows.length} rows looked at.`,
      ),
    ];
  }
  const repeated = values.length - new Set(values.map(String)).size;
  if (repeated === 0) return [];
  const message = `${repeated} of ${values.length} values of column "${column}", mapped to id, occur again.`;
  return [diagnostic('project.id-not-unique', message, { place: setting('id') })];
}

function suspicious(field: Field, message: string): Diagnostic {
  return diagnostic('project.column-suspicious', message, { place: setting(field) });
}

function setting(field: Field) {
  return { kind: 'setting', name: `fields.${field}` } as const;
}

function isJsonObjectText(value: unknown): boolean {
  if (typeof value === 'object') return value !== null && !Array.isArray(value);
  if (typeof value !== 'string') return false;
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
  } catch {
    return false;
  }
}
