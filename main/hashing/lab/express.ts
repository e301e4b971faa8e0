import { encodeBase64, encodeHex } from '#domain/password/bytes.ts';
import type { CustomPasswordHash, PasswordEncoding } from '#domain/password/custom-password-hash.ts';
import {
  type DigestSalt,
  digestObject,
  hmacObject,
  pbkdf2Object,
  type PlainDigest,
  type ScryptCost,
  scryptObject,
  textObject,
} from '#domain/password/import-object.ts';
import { Secret } from '#domain/secret.ts';
import { concat, type Piece } from '#hashing/lab/pieces.ts';
import type { Case } from '#hashing/lab/sample.ts';

const PLAIN: ReadonlySet<string> = new Set<PlainDigest>(['md4', 'md5', 'sha1', 'sha256', 'sha512']);

/** The encoding to state beside a password as typed; null for the default. */
function stated(encoding: PasswordEncoding): PasswordEncoding | null {
  return encoding === 'utf8' ? null : encoding;
}

/** The typed password of an arrangement and the one salt everything else makes; null where there are two sides. */
function saltAndPassword(
  parts: readonly Piece[],
  one: Case,
): { readonly encoding: PasswordEncoding; readonly salt: DigestSalt | null } | null {
  const at = parts.findIndex((part) => part.source === 'password');
  const encoding = parts[at]?.encoding ?? null;
  const before = parts.slice(0, at);
  const after = parts.slice(at + 1);
  if (encoding === null || (before.length > 0 && after.length > 0)) return null;
  const others = before.length > 0 ? before : after;
  if (others.length === 0) return { encoding, salt: null };
  const bytes = concat(others, one);
  if (bytes === null || others.some((part) => part.source === 'password')) return null;
  const position = before.length > 0 ? 'prefix' : 'suffix';
  return { encoding, salt: { ...valueOf(others, bytes), position } };
}

function valueOf(parts: readonly Piece[], bytes: Uint8Array): { value: string; encoding: 'utf8' | 'hex' } {
  return parts.every((part) => part.isText)
    ? { value: Buffer.from(bytes).toString('utf8'), encoding: 'utf8' }
    : { value: encodeHex(bytes), encoding: 'hex' };
}

export function expressDigest(name: string, parts: readonly Piece[], one: Case): CustomPasswordHash | null {
  const found = saltAndPassword(parts, one);
  if (found === null) return null;
  const { encoding, salt } = found;
  if (PLAIN.has(name)) {
    return digestObject(name as PlainDigest, one.targetText, one.encoding, salt, stated(encoding));
  }
  if ((name !== 'sha224' && name !== 'sha384') || salt?.position === 'prefix' || encoding !== 'utf8')
    return null;
  const tail = salt === null ? new Uint8Array() : Buffer.from(salt.value, salt.encoding);
  const scheme = salt === null ? name.toUpperCase() : `S${name.toUpperCase()}`;
  return textObject('ldap', `{${scheme}}${encodeBase64(Buffer.concat([one.target, tail]), true)}`);
}

export function expressHmac(
  name: string,
  key: readonly Piece[],
  message: readonly Piece[],
  one: Case,
): CustomPasswordHash | null {
  const encoding = message.length === 1 ? message[0]!.encoding : null;
  const bytes = concat(key, one);
  const supported = /^(md4|md5|ripemd160|sha1|sha224|sha256|sha384|sha512|whirlpool)$/.test(name);
  if (encoding === null || bytes === null || !supported || key.some((part) => part.source === 'password'))
    return null;
  return hmacObject(name, one.targetText, one.encoding, valueOf(key, bytes), stated(encoding));
}

export function expressPbkdf2(
  digest: string,
  iterations: number,
  salt: readonly Piece[],
  message: readonly Piece[],
  one: Case,
): CustomPasswordHash | null {
  const encoding = message.length === 1 ? message[0]!.encoding : null;
  const bytes = concat(salt, one);
  if (encoding === null || bytes === null) return null;
  return pbkdf2Object(digest, iterations, bytes, one.target, stated(encoding));
}

export function expressScrypt(
  cost: ScryptCost,
  salt: readonly Piece[],
  message: readonly Piece[],
  one: Case,
): CustomPasswordHash | null {
  const encoding = message.length === 1 ? message[0]!.encoding : null;
  const bytes = concat(salt, one);
  if (encoding === null || bytes === null) return null;
  return scryptObject(
    one.targetText,
    one.encoding,
    valueOf(salt, bytes),
    one.target.length,
    cost,
    stated(encoding),
  );
}

/** A costly hash in its own notation fed with an arrangement: only bcrypt takes a salt beside its own. */
export function expressNotation(
  object: CustomPasswordHash,
  parts: readonly Piece[],
  one: Case,
): CustomPasswordHash | null {
  const found = saltAndPassword(parts, one);
  if (found === null || (found.salt !== null && object.algorithm !== 'bcrypt')) return null;
  const { encoding, salt } = found;
  return {
    ...object,
    ...(salt === null ? {} : { salt: { ...salt, value: new Secret(salt.value) } }),
    ...(encoding === 'utf8' ? {} : { password: { encoding } }),
  };
}
