import type { RecognisedHash } from '#domain/password/recognised-hash.ts';
import { decodeHex } from '#domain/password/bytes.ts';
import { recogniseArgon2 } from '#domain/password/formats/argon2.ts';
import { recogniseBcrypt } from '#domain/password/formats/bcrypt.ts';
import { DIGESTS, digestWarnings, isDigestName } from '#domain/password/formats/digests.ts';
import { recogniseDjangoPbkdf2, recogniseWerkzeugPbkdf2 } from '#domain/password/formats/pbkdf2.ts';
import {
  recogniseDjangoScrypt,
  recogniseRubyScrypt,
  recogniseWerkzeugScrypt,
} from '#domain/password/formats/scrypt.ts';
import { digestObject, hmacObject } from '#domain/password/import-object.ts';
import { importable, lazyOnly } from '#domain/password/recognition.ts';

/**
 * `sha1$salt$hex`. Django means digest(salt, password); Werkzeug wrote the same text and meant HMAC keyed by the
 * salt. Django only ever had md5 and sha1, Werkzeug's salts are eight characters.
 */
function saltedDigest(text: string): RecognisedHash | null {
  const [name, salt, hex, ...rest] = text.split('$');
  if (rest.length > 0 || name === undefined || salt === undefined || hex === undefined) return null;
  if (!isDigestName(name)) return null;
  const digest = decodeHex(hex);
  const { bytes, algorithm } = DIGESTS[name];
  if (digest?.length !== bytes) return null;
  if (salt === '') {
    if (algorithm === null || algorithm === 'ldap') return null;
    const object = digestObject(algorithm, hex, 'hex');
    return importable(`django-unsalted-${name}`, object, { digest, warnings: digestWarnings(false) });
  }
  const warnings = [...digestWarnings(true), 'password.construction-ambiguous'] as const;
  const django = (name === 'md5' || name === 'sha1') && salt.length !== 8;
  if (django) {
    const object = digestObject(name, hex, 'hex', { value: salt, encoding: 'utf8', position: 'prefix' });
    return importable(`django-${name}`, object, { confidence: 'likely', digest, warnings });
  }
  const object = hmacObject(name, hex, 'hex', { value: salt, encoding: 'utf8' });
  return importable(`werkzeug-hmac-${name}`, object, { confidence: 'likely', digest, warnings });
}

/** `name$…` and `name:…`: Django, Werkzeug. */
export function recognisePrefixed(text: string, salt: string | null): RecognisedHash | null {
  const end = text.indexOf('$');
  if (end < 1) return null;
  if (end < 3) return recogniseRubyScrypt(text);
  const name = text.slice(0, end);
  if (name.startsWith('pbkdf2_')) return recogniseDjangoPbkdf2(text);
  if (name.startsWith('pbkdf2:')) return recogniseWerkzeugPbkdf2(text);
  if (name.startsWith('scrypt:')) return recogniseWerkzeugScrypt(text);
  if (name === 'scrypt') return recogniseDjangoScrypt(text);
  if (name === 'argon2') return recogniseArgon2(text.slice(end));
  if (name === 'bcrypt') return recogniseBcrypt(text.slice(end + 1), salt);
  if (name === 'bcrypt_sha256') return lazyOnly('django-bcrypt-sha256', 'password.bcrypt-prehash', {});
  if (name === 'crypt') return lazyOnly('des-crypt', 'password.crypt-unsupported', {});
  return saltedDigest(text) ?? recogniseRubyScrypt(text);
}

/** `hex:salt` of Joomla and Magento; Magento 2 adds the number of its hash version. */
export function recogniseColon(text: string): RecognisedHash | null {
  const match = /^([0-9a-fA-F]{32}|[0-9a-fA-F]{64}):([^:]{1,64})(?::(\d[:_\w]*))?$/.exec(text);
  if (match === null) return null;
  const [, hex = '', salt = '', version] = match;
  const name = hex.length === 32 ? 'md5' : 'sha256';
  if (version !== undefined && version !== '0' && version !== '1') {
    return lazyOnly('magento2-nested', 'password.nested-digest', {
      parameters: `version ${version.slice(0, 1)}`,
    });
  }
  const suffix = version === undefined && name === 'md5' && salt.length >= 16;
  const position = suffix ? 'suffix' : 'prefix';
  const object = digestObject(name, hex, 'hex', { value: salt, encoding: 'utf8', position });
  return importable(version === undefined ? `${name}-colon-salt` : `magento2-${name}`, object, {
    confidence: version === undefined ? 'guess' : 'likely',
    digest: decodeHex(hex),
    warnings: [
      ...digestWarnings(true),
      ...(version === undefined ? (['password.salt-position-assumed'] as const) : []),
    ],
  });
}
