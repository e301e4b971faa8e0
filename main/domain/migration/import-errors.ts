import type { DiagnosticCode } from '#domain/diagnostics/catalog.ts';
import type { ImportJobError } from '#domain/migration/import-job.ts';

/** One error of a record, exactly as a job reports it. */
export type ImportError = ImportJobError['errors'][number];

/** The same with the catalog code that says to people what is wrong. */
export interface ImportRefusal {
  readonly cause: DiagnosticCode;
  readonly error: ImportError;
}

/**
 * An error in the words of the JSON schema validator that live jobs answer with. `path` is the tenant's internal
 * one; where it is empty the record as a whole is meant and the message stands alone.
 */
export function schemaRefusal(
  cause: DiagnosticCode,
  code: string,
  path: string,
  text: string,
): ImportRefusal {
  if (path === '') return { cause, error: { code, message: text } };
  return { cause, error: { code, message: `Error in ${path} property - ${text}`, path } };
}

/** The tenant's internal name of a property of the file. Only those of email and password_hash have been seen. */
export function internalPath(property: string): string {
  return INTERNAL[property] ?? property;
}

const INTERNAL: Readonly<Record<string, string>> = {
  email: 'identities[0].profileData.email',
  email_verified: 'identities[0].profileData.email_verified',
  phone_number: 'identities[0].profileData.phone_number',
  phone_verified: 'identities[0].profileData.phone_verified',
  username: 'identities[0].profileData.username',
  password_hash: 'passwordHash',
  custom_password_hash: 'customPasswordHash',
};

/** The type's name in the validator's messages. */
export function schemaType(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

export const wrongType = (path: string, wanted: string, value: unknown): ImportRefusal =>
  schemaRefusal(
    'import.invalid-type',
    'INVALID_TYPE',
    path,
    `Expected type ${wanted} but found type ${schemaType(value)}`,
  );

export const missingProperty = (cause: DiagnosticCode, path: string, name: string): ImportRefusal =>
  schemaRefusal(cause, 'OBJECT_MISSING_REQUIRED_PROPERTY', path, `Missing required property: ${name}`);

export const additionalProperties = (path: string, names: readonly string[]): ImportRefusal =>
  schemaRefusal(
    'import.unknown-property',
    'OBJECT_ADDITIONAL_PROPERTIES',
    path,
    `Additional properties not allowed: ${names.join(',')}`,
  );
