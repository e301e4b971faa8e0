import type { Assumptions } from '#domain/assumptions.ts';
import type { DiagnosticCode } from '#domain/diagnostics/catalog.ts';
import { customHashSemantics } from '#domain/migration/custom-hash-semantics.ts';
import type { ImportRefusal } from '#domain/migration/import-errors.ts';
import {
  additionalProperties,
  missingProperty,
  schemaRefusal,
  wrongType,
} from '#domain/migration/import-errors.ts';
import { customHashFromJson } from '#domain/migration/import-record-from-json.ts';
import type { JsonObject } from '#domain/json.ts';
import type { CustomPasswordHash } from '#domain/password/custom-password-hash.ts';
import { IMPORT_ALGORITHMS } from '#domain/password/custom-password-hash.ts';
import { Secret } from '#domain/secret.ts';

type Members = Readonly<Record<string, unknown>>;

const CAUSE: DiagnosticCode = 'import.custom-hash-invalid';
const PROPERTIES: ReadonlySet<string> = new Set(
  'algorithm hash salt password keylen cost blockSize parallelization'.split(' '),
);
const ENCODINGS = ['base64', 'hex', 'utf8'];
const DIGESTS = ['md4', 'md5', 'ripemd160', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'whirlpool'];
const PASSWORD_ENCODINGS = ['ascii', 'utf8', 'utf16le', 'ucs2', 'latin1', 'binary'];

/** Errors of `custom_password_hash`: its schema, and where that is met, the rules of its algorithm. */
export function customHashRefusals(
  value: unknown,
  path: string,
  assumptions: Assumptions,
): readonly ImportRefusal[] {
  if (!isObject(value)) return [wrongType(path, 'object', value)];
  const out: ImportRefusal[] = [];
  for (const name of ['algorithm', 'hash']) {
    if (value[name] === undefined) out.push(missingProperty(CAUSE, path, name));
  }
  const unknown = Object.keys(value).filter((name) => !PROPERTIES.has(name));
  if (unknown.length > 0) out.push(additionalProperties(path, unknown));
  oneOf(value['algorithm'], `${path}.algorithm`, IMPORT_ALGORITHMS, out);
  within(value['hash'], `${path}.hash`, out, (hash, at) => {
    if (hash['value'] === undefined) out.push(missingProperty(CAUSE, at, 'value'));
    text(hash['value'], `${at}.value`, out);
    oneOf(hash['encoding'], `${at}.encoding`, ENCODINGS, out);
    oneOf(hash['digest'], `${at}.digest`, DIGESTS, out);
    within(hash['key'], `${at}.key`, out, (key, keyAt) => valueAndEncoding(key, keyAt, out));
  });
  within(value['salt'], `${path}.salt`, out, (salt, at) => {
    valueAndEncoding(salt, at, out);
    oneOf(salt['position'], `${at}.position`, ['prefix', 'suffix'], out);
  });
  within(value['password'], `${path}.password`, out, (password, at) =>
    oneOf(password['encoding'], `${at}.encoding`, PASSWORD_ENCODINGS, out),
  );
  for (const name of ['keylen', 'cost', 'blockSize', 'parallelization']) {
    positiveInteger(value[name], `${path}.${name}`, out);
  }
  return out.length > 0 ? out : customHashSemantics(typed(value), path, assumptions);
}

/** Every member has been checked against the type; texts of a JSON file only lack their wrapping. */
function typed(checked: Members): CustomPasswordHash {
  const hash = checked['hash'] as Members;
  if (hash['value'] instanceof Secret) return checked as unknown as CustomPasswordHash;
  return customHashFromJson(checked as JsonObject);
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Secret);
}

function within(
  value: unknown,
  path: string,
  out: ImportRefusal[],
  check: (value: Members, path: string) => void,
): void {
  if (value === undefined) return;
  if (isObject(value)) check(value, path);
  else out.push(wrongType(path, 'object', value));
}

function valueAndEncoding(value: Members, path: string, out: ImportRefusal[]): void {
  if (value['value'] === undefined) out.push(missingProperty(CAUSE, path, 'value'));
  text(value['value'], `${path}.value`, out);
  oneOf(value['encoding'], `${path}.encoding`, ENCODINGS, out);
}

function text(value: unknown, path: string, out: ImportRefusal[]): void {
  if (value === undefined || value instanceof Secret || typeof value === 'string') return;
  out.push(wrongType(path, 'string', value));
}

function oneOf(value: unknown, path: string, options: readonly string[], out: ImportRefusal[]): void {
  if (value === undefined) return;
  if (typeof value !== 'string') out.push(wrongType(path, 'string', value));
  else if (!options.includes(value)) {
    out.push(schemaRefusal(CAUSE, 'ENUM_MISMATCH', path, `No enum match for: ${value}`));
  }
}

function positiveInteger(value: unknown, path: string, out: ImportRefusal[]): void {
  if (value === undefined) return;
  if (!Number.isInteger(value)) out.push(wrongType(path, 'integer', value));
  else if ((value as number) < 1) {
    out.push(schemaRefusal(CAUSE, 'MINIMUM', path, `Value ${value as number} is less than minimum 1`));
  }
}
