import type { RecognisedHash } from '#domain/password/recognised-hash.ts';
import { decodeBase64, encodeBase64, readUint32 } from '#domain/password/bytes.ts';
import { digestWarnings } from '#domain/password/formats/digests.ts';
import { pbkdf2Recognition } from '#domain/password/formats/pbkdf2.ts';
import { digestObject, hmacObject } from '#domain/password/import-object.ts';
import { importable, type PasswordCode } from '#domain/password/recognition.ts';

const PRFS = ['sha1', 'sha256', 'sha512'];

/** ASP.NET Identity and Simple Membership: one base64 blob that starts with its version, 0 or 1. */
export function recogniseAspNetIdentity(text: string): RecognisedHash | null {
  if (text.charCodeAt(0) !== 65 || text.length < 60) return null;
  const bytes = decodeBase64(text);
  if (bytes === null) return null;
  if (bytes[0] === 0 && bytes.length === 49) {
    return pbkdf2Recognition({
      format: 'aspnet-identity-v2',
      digest: 'sha1',
      iterations: 1000,
      salt: bytes.slice(1, 17),
      key: bytes.slice(17),
      warnings: ['password.rewritten'],
    });
  }
  if (bytes[0] !== 1 || bytes.length < 14) return null;
  const prf = readUint32(bytes, 1);
  const iterations = readUint32(bytes, 5);
  const saltLength = readUint32(bytes, 9);
  const keyLength = bytes.length - 13 - saltLength;
  if (prf >= PRFS.length || iterations === 0 || saltLength < 8 || keyLength < 16) return null;
  return pbkdf2Recognition({
    format: 'aspnet-identity-v3',
    digest: PRFS[prf]!,
    iterations,
    salt: bytes.slice(13, 13 + saltLength),
    key: bytes.slice(13 + saltLength),
    warnings: ['password.rewritten'],
  });
}

/** The membership provider fills the HMAC's whole default key by repeating the salt. */
function repeatedKey(salt: Uint8Array, length: number): string {
  return encodeBase64(
    Uint8Array.from({ length }, (_, i) => salt[i % salt.length]!),
    true,
  );
}

/** ASP.NET Membership: base64 digest beside a base64 salt of 16 bytes, the password in UTF-16. */
export function recogniseMembership(text: string, saltText: string): RecognisedHash | null {
  if (saltText.length !== 24 || !text.endsWith('=')) return null;
  const salt = decodeBase64(saltText);
  const digest = decodeBase64(text);
  if (salt?.length !== 16 || digest === null) return null;
  const warnings: PasswordCode[] = [...digestWarnings(true), 'password.construction-ambiguous'];
  if (digest.length === 20) {
    const prefix = { value: saltText, encoding: 'base64', position: 'prefix' } as const;
    return importable('aspnet-membership-sha1', digestObject('sha1', text, 'base64', prefix, 'utf16le'), {
      confidence: 'likely',
      digest,
      warnings,
    });
  }
  const keyLength = digest.length === 32 ? 64 : digest.length === 64 ? 128 : 0;
  if (keyLength === 0) return null;
  const name = digest.length === 32 ? 'sha256' : 'sha512';
  const key = { value: repeatedKey(salt, keyLength), encoding: 'base64' } as const;
  return importable(`aspnet-membership-hmac-${name}`, hmacObject(name, text, 'base64', key, 'utf16le'), {
    confidence: 'guess',
    digest,
    warnings,
  });
}
