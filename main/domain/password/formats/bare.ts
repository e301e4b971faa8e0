import type { HashEncoding } from '#domain/password/custom-password-hash.ts';
import type { RecognisedHash } from '#domain/password/recognised-hash.ts';
import { decodeBase64, decodeHex, encodeBase64, encodeUtf8 } from '#domain/password/bytes.ts';
import { DIGESTS, digestWarnings, type DigestName, usualDigest } from '#domain/password/formats/digests.ts';
import type { SchemeHint } from '#domain/password/scheme-hint.ts';
import { digestObject, textObject } from '#domain/password/import-object.ts';
import { pbkdf2Recognition } from '#domain/password/formats/pbkdf2.ts';
import { importable, lazyOnly, type PasswordCode } from '#domain/password/recognition.ts';

interface Bare {
  readonly text: string;
  readonly encoding: 'hex' | 'base64';
  readonly bytes: Uint8Array;
}

function readBare(text: string): Bare | null {
  const hex = text.length >= 32 ? decodeHex(text) : null;
  if (hex !== null) return { text, encoding: 'hex', bytes: hex };
  const base64 = text.length >= 22 ? decodeBase64(text) : null;
  return base64 === null ? null : { text, encoding: 'base64', bytes: base64 };
}

/** How a salt column is most likely meant: hex and base64 only where the text is unmistakably a block of bytes. */
function saltEncoding(salt: string): HashEncoding {
  if (/^[0-9a-fA-F]{32,}$/.test(salt) && salt.length % 8 === 0) return 'hex';
  return salt.length >= 12 && salt.endsWith('=') && decodeBase64(salt) !== null ? 'base64' : 'utf8';
}

/** SHA-224 and SHA-384 exist in the import only as LDAP schemes, whose salt always follows the password. */
function asLdap(name: DigestName, bare: Bare, salt: string | null): RecognisedHash {
  const size = name.slice(3);
  if (salt === null) {
    const value = `{SHA${size}}${encodeBase64(bare.bytes, true)}`;
    const warnings: PasswordCode[] = [...digestWarnings(false), 'password.rewritten'];
    return importable(name, textObject('ldap', value), {
      confidence: 'likely',
      digest: bare.bytes,
      warnings,
    });
  }
  const encoding = saltEncoding(salt);
  const decoded =
    encoding === 'hex' ? decodeHex(salt) : encoding === 'base64' ? decodeBase64(salt) : encodeUtf8(salt);
  const value = `{SSHA${size}}${encodeBase64(Uint8Array.from([...bare.bytes, ...decoded!]), true)}`;
  const warnings: PasswordCode[] = [
    ...digestWarnings(true),
    'password.salt-position-assumed',
    'password.rewritten',
  ];
  return importable(`${name}-salted`, textObject('ldap', value), {
    confidence: 'guess',
    digest: bare.bytes,
    warnings,
  });
}

function digestOf(bare: Bare, salt: string | null, hint: SchemeHint): RecognisedHash | null {
  const hinted =
    hint.digest !== null && DIGESTS[hint.digest].bytes === bare.bytes.length ? hint.digest : null;
  const name = hinted ?? usualDigest(bare.bytes.length);
  if (name === null) return null;
  const { algorithm } = DIGESTS[name];
  if (algorithm === null) {
    return lazyOnly(name, 'password.digest-unsupported', { confidence: 'likely', digest: bare.bytes });
  }
  if (algorithm === 'ldap') return asLdap(name, bare, salt);
  const nt = hint.nt && name === 'md4';
  const warnings: PasswordCode[] = digestWarnings(salt !== null);
  if (hinted === null) warnings.push('password.digest-ambiguous');
  if (salt !== null) warnings.push('password.salt-position-assumed');
  const object = digestObject(
    algorithm,
    bare.text,
    bare.encoding,
    salt === null ? null : { value: salt, encoding: saltEncoding(salt), position: 'prefix' },
    nt ? 'utf16le' : null,
  );
  const unpadded = bare.encoding === 'base64' && !bare.text.endsWith('=') && bare.bytes.length % 3 !== 0;
  return importable(nt ? 'nt-hash' : salt === null ? name : `${name}-salted`, object, {
    parameters: bare.encoding,
    confidence: salt !== null || (unpadded && hinted === null) ? 'guess' : 'likely',
    digest: bare.bytes,
    warnings,
  });
}

/** A value that is nothing but bytes in hex or base64: told by its length, its salt column and its scheme column. */
export function recogniseBare(text: string, salt: string | null, hint: SchemeHint): RecognisedHash | null {
  const bare = readBare(text);
  if (bare === null) return null;
  if (hint.pbkdf2 !== null && salt !== null) {
    const encoding = saltEncoding(salt);
    const decoded =
      encoding === 'hex' ? decodeHex(salt) : encoding === 'base64' ? decodeBase64(salt) : encodeUtf8(salt);
    const warnings = ['password.rewritten', 'password.parameters-assumed'] as const;
    const facts = {
      format: 'pbkdf2-columns',
      salt: decoded!,
      key: bare.bytes,
      confidence: 'likely' as const,
      warnings,
    };
    return pbkdf2Recognition({ ...hint.pbkdf2, ...facts });
  }
  if (hint.lazy !== null) return lazyOnly(hint.lazy.format, hint.lazy.code, { digest: bare.bytes });
  // Symfony's bundles store a 31-character base-36 salt beside 88 letters of base64: 5,000 rounds by default.
  if (salt?.length === 31 && text.length === 88 && /^[0-9a-z]{31}$/.test(salt)) {
    return lazyOnly('symfony-sha512', 'password.iterated-digest', {
      parameters: 'sha512, usually 5000 rounds',
      confidence: 'likely',
      digest: bare.bytes,
    });
  }
  return digestOf(bare, salt, hint);
}
