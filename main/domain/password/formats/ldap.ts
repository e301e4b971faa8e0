import type { RecognisedHash } from '#domain/password/recognised-hash.ts';
import { decodeAdaptedBase64, decodeBase64, encodeBase64, readUint32 } from '#domain/password/bytes.ts';
import { DIGESTS, digestWarnings, isDigestName } from '#domain/password/formats/digests.ts';
import { pbkdf2Recognition } from '#domain/password/formats/pbkdf2.ts';
import { textObject } from '#domain/password/import-object.ts';
import { importable, lazyOnly, withWarning } from '#domain/password/recognition.ts';

/** `{SCHEME}base64` as RFC 2307 and OpenLDAP write it: digest, then for the salted ones the salt. */
export function recogniseLdapDigest(scheme: string, rest: string): RecognisedHash | null {
  const lower = scheme.toLowerCase();
  const salted = lower === 'smd5' || lower.startsWith('ssha');
  const plain = salted ? lower.slice(1) : lower;
  const name = plain === 'sha' ? 'sha1' : plain;
  if (!isDigestName(name) || !/^(md5|sha\d+)$/.test(name)) return null;
  const bytes = decodeBase64(rest);
  const expected = DIGESTS[name].bytes;
  const format = `ldap-${lower}`;
  if (bytes === null || (salted ? bytes.length <= expected : bytes.length !== expected)) {
    return lazyOnly(format, 'password.damaged', {});
  }
  const value = `{${scheme.toUpperCase()}}${encodeBase64(bytes, true)}`;
  const parameters = salted ? `salt of ${bytes.length - expected} bytes` : '';
  return importable(format, textObject('ldap', value), {
    parameters,
    digest: bytes.slice(0, expected),
    warnings: digestWarnings(salted),
  });
}

/** OpenLDAP's module: `{PBKDF2-SHA256}10000$salt$key` in passlib's base64; without a digest it is SHA-1. */
export function recogniseLdapPbkdf2(scheme: string, rest: string): RecognisedHash | null {
  const digest = /^pbkdf2(?:-(sha\d+))?$/i.exec(scheme);
  const match = /^(\d+)\$([^$]*)\$([^$]+)$/.exec(rest);
  if (digest === null || match === null) return null;
  const salt = decodeAdaptedBase64(match[2]!);
  const key = decodeAdaptedBase64(match[3]!);
  if (salt === null || key === null) return null;
  const name = digest[1]?.toLowerCase() ?? 'sha1';
  const facts = { format: 'ldap-pbkdf2', digest: name, iterations: Number(match[1]!), salt, key } as const;
  return withWarning(pbkdf2Recognition(facts), 'password.rewritten');
}

/** 389 Directory Server: base64 of a 4-byte count, a 64-byte salt and a 256-byte key. */
export function recognise389Pbkdf2(rest: string): RecognisedHash | null {
  const bytes = decodeBase64(rest);
  if (bytes === null || bytes.length !== 324) return null;
  return withWarning(
    pbkdf2Recognition({
      format: 'ldap-389ds-pbkdf2',
      digest: 'sha256',
      iterations: readUint32(bytes, 0),
      salt: bytes.slice(4, 68),
      key: bytes.slice(68),
    }),
    'password.rewritten',
  );
}
