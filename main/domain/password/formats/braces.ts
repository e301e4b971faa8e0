import type { RecognisedHash } from '#domain/password/recognised-hash.ts';
import { decodeHex } from '#domain/password/bytes.ts';
import { DIGESTS, digestWarnings, isDigestName } from '#domain/password/formats/digests.ts';
import {
  recognise389Pbkdf2,
  recogniseLdapDigest,
  recogniseLdapPbkdf2,
} from '#domain/password/formats/ldap.ts';
import { pbkdf2Recognition } from '#domain/password/formats/pbkdf2.ts';
import { digestObject } from '#domain/password/import-object.ts';
import { importable, lazyOnly } from '#domain/password/recognition.ts';

/** Schemes whose text after the brace is a complete hash in a notation of its own. */
const WRAPPERS = new Set(['bcrypt', 'argon2', 'scrypt', 'crypt', 'blf-crypt', 'argon2id', 'argon2i', 'ldap']);
const WRAPPER_TAGS =
  /^(bcrypt|argon2|argon2id|argon2i|scrypt|crypt|ldap|blf-crypt|sha(256|512)-crypt|md5-crypt)(@.*)?$/;
const PLAIN = new Set(['noop', 'plain', 'cleartext', 'clear', 'plain-md4']);

/** Spring's two default PBKDF2 encoders: hex of salt and key. The counts are those of the defaults. */
function springPbkdf2(tag: string, rest: string): RecognisedHash | null {
  const bytes = decodeHex(rest);
  if (bytes === null || bytes.length < 40) return null;
  const modern = tag.endsWith('v5_8');
  const saltLength = modern ? 16 : 8;
  return pbkdf2Recognition({
    format: 'spring-pbkdf2',
    digest: modern ? 'sha256' : 'sha1',
    iterations: modern ? 310_000 : 185_000,
    salt: bytes.slice(0, saltLength),
    key: bytes.slice(saltLength),
    confidence: 'likely',
    warnings: ['password.rewritten', 'password.parameters-assumed'],
  });
}

/** Spring's MessageDigestPasswordEncoder: `{MD5}{salt}hex`, the digest being over password, then `{salt}`. */
function springDigest(tag: string, rest: string): RecognisedHash | null {
  const match = /^(\{[^}]*\})?([0-9a-fA-F]+)$/.exec(rest);
  const name = tag.replace('-', '');
  if (match === null || !isDigestName(name)) return null;
  const { bytes, algorithm } = DIGESTS[name];
  const digest = decodeHex(match[2]!);
  if (digest?.length !== bytes || algorithm === null || algorithm === 'ldap') return null;
  const salt =
    match[1] === undefined ? null : ({ value: match[1], encoding: 'utf8', position: 'suffix' } as const);
  return importable(`spring-${name}`, digestObject(algorithm, match[2]!, 'hex', salt), {
    digest,
    warnings: digestWarnings(salt !== null),
  });
}

/** `{scheme}…`: LDAP directories, Dovecot and Spring Security share the notation. `inner` recognises the rest. */
export function recogniseBraces(
  text: string,
  inner: (rest: string) => RecognisedHash,
): RecognisedHash | null {
  const end = text.indexOf('}');
  if (end < 2) return null;
  const scheme = text.slice(1, end);
  const rest = text.slice(end + 1);
  const tag = scheme.toLowerCase();
  if (PLAIN.has(tag)) return lazyOnly('plain-text', 'password.plain-text', {});
  if (tag === 'sha256' && rest.length === 80 && decodeHex(rest) !== null) {
    return lazyOnly('spring-standard', 'password.iterated-digest', { parameters: 'sha256, 1024 rounds' });
  }
  const digest = recogniseLdapDigest(scheme, rest);
  if (digest !== null && digest.route.kind === 'custom') return digest;
  const known =
    springDigest(tag, rest) ??
    recogniseLdapPbkdf2(scheme, rest) ??
    (tag === 'pbkdf2_sha256' ? recognise389Pbkdf2(rest) : null) ??
    (tag.startsWith('pbkdf2') ? springPbkdf2(tag, rest) : null) ??
    digest;
  if (known !== null) return known;
  if (WRAPPERS.has(tag) || WRAPPER_TAGS.test(tag)) return inner(rest);
  if (tag.startsWith('x-issha')) return lazyOnly('sap-issha', 'password.iterated-digest', {});
  return /^[A-Za-z][A-Za-z0-9@._ ,-]*$/.test(scheme)
    ? lazyOnly('ldap-other', 'password.ldap-scheme-unsupported', {})
    : null;
}
