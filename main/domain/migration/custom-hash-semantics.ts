import type { Assumptions } from '#domain/assumptions.ts';
import type { ImportRefusal } from '#domain/migration/import-errors.ts';
import { schemaRefusal } from '#domain/migration/import-errors.ts';
import type { CustomPasswordHash } from '#domain/password/custom-password-hash.ts';
import { importObjectProblem } from '#domain/password/import-rules.ts';

const SELF_DESCRIBING = new Set(['argon2', 'bcrypt', 'ldap', 'pbkdf2']);

/**
 * What is demanded of each algorithm beyond the JSON schema. How live jobs word these cases is not public: the
 * error has the code of a failed condition and says what is wrong in our words, without any value.
 */
export function customHashSemantics(
  custom: CustomPasswordHash,
  path: string,
  assumptions: Assumptions,
): readonly ImportRefusal[] {
  if (assumptions['hash-encoding-missing'] === 'utf8' && lacksEncoding(custom)) return [];
  const problem = importObjectProblem(hmacSaltAllowed(custom, assumptions) ? withoutSalt(custom) : custom);
  return problem === null ? [] : [schemaRefusal(problem.code, 'NOT_PASSED', path, problem.reason)];
}

function lacksEncoding({ algorithm, hash }: CustomPasswordHash): boolean {
  return hash.encoding === undefined && !SELF_DESCRIBING.has(algorithm);
}

function hmacSaltAllowed({ algorithm }: CustomPasswordHash, assumptions: Assumptions): boolean {
  return algorithm === 'hmac' && assumptions['hmac-salt'] === 'honoured';
}

function withoutSalt(custom: CustomPasswordHash): CustomPasswordHash {
  const { salt: _salt, ...rest } = custom;
  return rest;
}
