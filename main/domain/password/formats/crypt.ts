import type { RecognisedHash } from '#domain/password/recognised-hash.ts';
import { decodeHex } from '#domain/password/bytes.ts';
import { recogniseArgon2 } from '#domain/password/formats/argon2.ts';
import { recogniseBcrypt } from '#domain/password/formats/bcrypt.ts';
import { digestWarnings } from '#domain/password/formats/digests.ts';
import { recognisePbkdf2 } from '#domain/password/formats/pbkdf2.ts';
import {
  recogniseCryptScrypt,
  recognisePackedScrypt,
  recognisePhcScrypt,
} from '#domain/password/formats/scrypt.ts';
import { digestObject } from '#domain/password/import-object.ts';
import { importable, lazyOnly, type PasswordCode } from '#domain/password/recognition.ts';

/** Notations that say exactly what they are and whose computation the import has no word for. */
const LAZY: Readonly<Record<string, readonly [format: string, code: PasswordCode]>> = {
  '1': ['md5-crypt', 'password.crypt-unsupported'],
  '5': ['sha256-crypt', 'password.crypt-unsupported'],
  '6': ['sha512-crypt', 'password.crypt-unsupported'],
  apr1: ['apr1-md5', 'password.crypt-unsupported'],
  y: ['yescrypt', 'password.crypt-unsupported'],
  gy: ['gost-yescrypt', 'password.crypt-unsupported'],
  sha1: ['sha1-crypt', 'password.crypt-unsupported'],
  md5: ['sun-md5-crypt', 'password.crypt-unsupported'],
  P: ['phpass', 'password.phpass'],
  H: ['phpass', 'password.phpass'],
  S: ['drupal7', 'password.phpass'],
  wp: ['wordpress-bcrypt', 'password.bcrypt-prehash'],
  'bcrypt-sha256': ['passlib-bcrypt-sha256', 'password.bcrypt-prehash'],
  shiro1: ['shiro', 'password.iterated-digest'],
};

/** NT hash in crypt notation: MD4 of the UTF-16 password, without salt. */
function ntHash(text: string): RecognisedHash | null {
  const hex = /^\$3\$\$([0-9a-fA-F]{32})$/.exec(text)?.[1];
  if (hex === undefined) return null;
  return importable('nt-hash', digestObject('md4', hex, 'hex', null, 'utf16le'), {
    digest: decodeHex(hex),
    warnings: digestWarnings(false),
  });
}

/** phpBB and Drupal mark hashes that were hashed a second time on upgrade with one more letter. */
export function rehashedPhpass(text: string): RecognisedHash | null {
  return /^U\$(S|P|H)\$/.test(text) ? lazyOnly('phpass-over-md5', 'password.phpass', {}) : null;
}

/** Everything of the form `$id$…`. */
export function recogniseDollar(text: string, salt: string | null): RecognisedHash | null {
  const end = text.indexOf('$', 1);
  if (end < 2) return null;
  const id = text.slice(1, end);
  if (id.charCodeAt(0) === 50) return recogniseBcrypt(text, salt);
  if (Object.hasOwn(LAZY, id)) {
    const [format, code] = LAZY[id]!;
    return lazyOnly(format, code, {});
  }
  if (id.startsWith('argon2')) return recogniseArgon2(text);
  if (id.startsWith('pbkdf2')) return recognisePbkdf2(text);
  if (id === 'scrypt') return recognisePhcScrypt(text);
  if (id === 's0') return recognisePackedScrypt(text, 'scrypt-s0');
  if (id === '7') return recogniseCryptScrypt(text);
  if (id === '3') return ntHash(text);
  return /^[0-9a-f]{5,8}$/.test(id) ? recognisePackedScrypt(text, 'spring-scrypt') : null;
}

/** Traditional DES crypt has no mark at all: thirteen letters of its alphabet. */
export function recogniseDesCrypt(text: string): RecognisedHash | null {
  if (text.length === 13 && /^[./0-9A-Za-z]{13}$/.test(text)) {
    return lazyOnly('des-crypt', 'password.crypt-unsupported', {
      confidence: 'guess',
      warnings: ['password.maybe-plain-text'],
    });
  }
  return text.length === 20 && /^_[./0-9A-Za-z]{19}$/.test(text)
    ? lazyOnly('bsdi-crypt', 'password.crypt-unsupported', { confidence: 'likely' })
    : null;
}
