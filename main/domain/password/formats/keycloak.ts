import type { RecognisedHash } from '#domain/password/recognised-hash.ts';
import { decodeBase64 } from '#domain/password/bytes.ts';
import { argon2Text, recogniseArgon2 } from '#domain/password/formats/argon2.ts';
import { pbkdf2Recognition } from '#domain/password/formats/pbkdf2.ts';

type Fields = Readonly<Record<string, unknown>>;

function parse(text: string | null): Fields | null {
  if (text === null || !text.startsWith('{')) return null;
  try {
    return JSON.parse(text) as Fields;
  } catch {
    return null;
  }
}

function first(value: unknown): string {
  const single: unknown = Array.isArray(value) ? value[0] : value;
  return typeof single === 'string' || typeof single === 'number' ? String(single) : '';
}

function argon2(data: Fields, salt: Uint8Array, key: Uint8Array): RecognisedHash | null {
  const extra = (data['additionalParameters'] ?? {}) as Fields;
  const kind = first(extra['type']);
  if ((kind !== 'id' && kind !== 'i') || first(extra['version']) !== '1.3') return null;
  const found = recogniseArgon2(
    argon2Text(kind, {
      memory: Number(first(extra['memory'])),
      passes: Number(first(data['hashIterations'])),
      lanes: Number(first(extra['parallelism'])),
      salt,
      key,
    }),
  );
  return found === null
    ? null
    : { ...found, format: 'keycloak-argon2', warnings: [...found.warnings, 'password.rewritten'] };
}

/** Keycloak's two columns: `secret_data` as the hash, `credential_data` as the scheme. */
export function recogniseKeycloak(secretData: string, credentialData: string | null): RecognisedHash | null {
  const secret = parse(secretData);
  const data = parse(credentialData);
  if (secret === null || data === null) return null;
  const key = decodeBase64(first(secret['value']));
  const salt = decodeBase64(first(secret['salt']));
  const algorithm = first(data['algorithm']);
  if (key === null || salt === null) return null;
  if (algorithm === 'argon2') return argon2(data, salt, key);
  const digest = /^pbkdf2(?:-(sha\d+))?$/.exec(algorithm);
  if (digest === null) return null;
  return pbkdf2Recognition({
    format: 'keycloak-pbkdf2',
    digest: digest[1] ?? 'sha1',
    iterations: Number(first(data['hashIterations'])),
    salt,
    key,
    warnings: ['password.rewritten'],
  });
}
