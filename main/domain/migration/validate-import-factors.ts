import type { ImportRefusal } from '#domain/migration/import-errors.ts';
import {
  additionalProperties,
  missingProperty,
  schemaRefusal,
  wrongType,
} from '#domain/migration/import-errors.ts';
import { emailProblem } from '#domain/profile/email.ts';
import { E164, MOST_FACTORS, TOTP_SECRET } from '#domain/profile/mfa-factors.ts';

const MEMBER: Readonly<Record<string, string>> = { totp: 'secret', phone: 'value', email: 'value' };

/** Errors of `mfa_factors`: the schema first; what meets it and still is no factor fails when it is enrolled. */
export function factorRefusals(value: unknown, path: string): readonly ImportRefusal[] {
  if (!Array.isArray(value)) return [wrongType(path, 'array', value)];
  const refusals: ImportRefusal[] = [];
  if (value.length === 0) {
    refusals.push(
      schemaRefusal('import.mfa-factors', 'ARRAY_LENGTH_SHORT', path, 'Array is too short (0), minimum 1'),
    );
  }
  if (value.length > MOST_FACTORS) {
    const text = `Array is too long (${value.length}), maximum ${MOST_FACTORS}`;
    refusals.push(schemaRefusal('import.mfa-factors', 'ARRAY_LENGTH_LONG', path, text));
  }
  for (const [index, factor] of value.entries()) refusals.push(...factorErrors(factor, `${path}[${index}]`));
  if (refusals.length === 0 && value.some((factor: object) => Object.keys(factor).length === 0)) {
    refusals.push({
      cause: 'import.mfa-factors',
      error: { code: 'MFA_FACTORS_FAILED', message: 'Unable to import factors' },
    });
  }
  return refusals;
}

function factorErrors(factor: unknown, path: string): ImportRefusal[] {
  if (typeof factor !== 'object' || factor === null || Array.isArray(factor))
    return [wrongType(path, 'object', factor)];
  const names = Object.keys(factor);
  const refusals: ImportRefusal[] = [];
  if (names.length > 1) {
    const text = `Too many properties defined (${names.length}), maximum 1`;
    refusals.push(schemaRefusal('import.mfa-factors', 'OBJECT_PROPERTIES_MAXIMUM', path, text));
  }
  const unknown = names.filter((name) => MEMBER[name] === undefined);
  if (unknown.length > 0) refusals.push(additionalProperties(path, unknown));
  for (const [kind, member] of Object.entries(factor as Readonly<Record<string, unknown>>)) {
    if (MEMBER[kind] !== undefined) refusals.push(...memberErrors(kind, member, `${path}.${kind}`));
  }
  return refusals;
}

function memberErrors(kind: string, value: unknown, path: string): ImportRefusal[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [wrongType(path, 'object', value)];
  const name = MEMBER[kind]!;
  const members = value as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(members).filter((member) => member !== name);
  const refusals = unknown.length > 0 ? [additionalProperties(path, unknown)] : [];
  const text = members[name];
  const at = `${path}.${name}`;
  if (text === undefined) refusals.push(missingProperty('import.mfa-factors', path, name));
  else if (typeof text !== 'string') refusals.push(wrongType(at, 'string', text));
  else refusals.push(...textErrors(kind, text, at));
  return refusals;
}

function textErrors(kind: string, text: string, path: string): ImportRefusal[] {
  const refused = (code: string, message: string) => [
    schemaRefusal('import.mfa-factors', code, path, message),
  ];
  if (kind === 'totp' && !TOTP_SECRET.test(text)) {
    return refused('PATTERN', `String does not match pattern ${TOTP_SECRET.source}: *****`);
  }
  if (kind === 'phone' && !E164.test(text)) {
    return refused('PATTERN', `String does not match pattern ${E164.source}: ${text}`);
  }
  if (kind === 'email' && emailProblem(text) !== null) {
    return refused('INVALID_FORMAT', `Object didn't pass validation for format email: ${text}`);
  }
  return [];
}
