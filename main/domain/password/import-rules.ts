import { decodeBase64, decodeHex } from '#domain/password/bytes.ts';
import type { CustomPasswordHash, HashEncoding } from '#domain/password/custom-password-hash.ts';
import { DIGESTS, isDigestName } from '#domain/password/formats/digests.ts';
import { PBKDF2_DIGESTS } from '#domain/password/formats/pbkdf2.ts';
import type { PasswordCode } from '#domain/password/recognition.ts';
import type { Secret } from '#domain/secret.ts';

/** Why the target could never verify with an object, in words that hold no value of it. */
export interface ImportObjectProblem {
  readonly code: PasswordCode;
  readonly reason: string;
}

export type HmacSalt = 'refused' | 'honoured';

export const HMAC_DIGESTS: ReadonlySet<string> = new Set(
  'md4 md5 ripemd160 sha1 sha224 sha256 sha384 sha512 whirlpool'.split(' '),
);

const problem = (code: PasswordCode, reason: string): ImportObjectProblem => ({ code, reason });
const invalid = (reason: string): ImportObjectProblem => problem('password.object-invalid', reason);

/** Bytes of a value under one of the import's encodings; null when it does not decode. `utf8` gives null too. */
function decodedLength(value: Secret, encoding: HashEncoding | undefined): number | null {
  const text = value.reveal();
  return (encoding === 'hex' ? decodeHex(text) : decodeBase64(text))?.length ?? null;
}

function undecodable(value: Secret, encoding: HashEncoding | undefined): boolean {
  return encoding !== undefined && encoding !== 'utf8' && decodedLength(value, encoding) === null;
}

function selfContained(object: CustomPasswordHash, saltAllowed: boolean): ImportObjectProblem | null {
  const { algorithm, hash, salt } = object;
  if (hash.encoding !== undefined && hash.encoding !== 'utf8') {
    return invalid(`hash.encoding must be utf8 for ${algorithm}, not ${hash.encoding}`);
  }
  if (salt !== undefined && !saltAllowed) {
    return problem('password.salt-not-allowed', `${algorithm} does not take a separate salt`);
  }
  return null;
}

function checkBytes(object: CustomPasswordHash, expected: number | null): ImportObjectProblem | null {
  const { algorithm, hash } = object;
  if (hash.encoding !== 'hex' && hash.encoding !== 'base64') {
    return invalid(`hash.encoding must be hex or base64 for ${algorithm}`);
  }
  const length = decodedLength(hash.value, hash.encoding);
  if (length === null) return problem('password.hash-undecodable', `hash.value is not ${hash.encoding}`);
  if (expected !== null && length !== expected) {
    return problem(
      'password.hash-undecodable',
      `hash.value has ${length} bytes, ${algorithm} needs ${expected}`,
    );
  }
  return null;
}

function checkBcrypt(object: CustomPasswordHash): ImportObjectProblem | null {
  const wrong = selfContained(object, true);
  if (wrong !== null) return wrong;
  const match = /^\$(2[a-z]?|sha1)\$(\d\d)\$[./A-Za-z0-9]{53}$/.exec(object.hash.value.reveal());
  if (match === null)
    return problem('password.hash-undecodable', 'hash.value is not a bcrypt hash of 60 characters');
  if (match[1] !== '2a' && match[1] !== '2b' && match[1] !== '2y') {
    return problem('password.bcrypt-prefix-unsupported', `prefix $${match[1]}$ is not accepted`);
  }
  const cost = Number(match[2]);
  return cost < 4 || cost > 31
    ? problem('password.bcrypt-cost-impossible', `cost ${cost} is impossible`)
    : null;
}

function checkArgon2(object: CustomPasswordHash): ImportObjectProblem | null {
  const wrong = selfContained(object, false);
  if (wrong !== null) return wrong;
  const text = object.hash.value.reveal();
  const match = /^\$argon2(id|i)\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(
    text,
  );
  if (match === null) {
    return problem(
      'password.argon2-unsupported',
      'only argon2id and argon2i, v=19, m,t,p in this order, base64 without padding',
    );
  }
  const [memory, passes, lanes] = [match[2], match[3], match[4]].map(Number);
  const salt = decodeBase64(match[5]!)?.length ?? 0;
  const key = decodeBase64(match[6]!)?.length ?? 0;
  const fits = passes! >= 1 && lanes! >= 1 && memory! >= 8 * lanes! && salt >= 8 && key >= 16;
  return fits
    ? null
    : problem('password.argon2-unsupported', 'a parameter, the salt or the hash is below the minimum');
}

function checkPbkdf2(object: CustomPasswordHash): ImportObjectProblem | null {
  const wrong = selfContained(object, false);
  if (wrong !== null) return wrong;
  const parts = readPbkdf2(object.hash.value.reveal());
  if (parts === null)
    return problem(
      'password.hash-undecodable',
      'hash.value is not $pbkdf2-<digest>$i=…,l=…$salt$hash without padding',
    );
  if (!PBKDF2_DIGESTS.has(parts.digest))
    return problem('password.pbkdf2-digest-unsupported', `digest ${parts.digest} is not accepted`);
  if (parts.iterations < 1) return invalid('i must be at least 1');
  return parts.length === parts.key.length
    ? null
    : problem('password.hash-undecodable', `l is ${parts.length}, the hash has ${parts.key.length} bytes`);
}

export interface Pbkdf2Parts {
  readonly digest: string;
  readonly iterations: number;
  readonly length: number;
  readonly salt: Uint8Array;
  readonly key: Uint8Array;
}

/** Parts of a PBKDF2 hash in the import's notation, with its defaults of 100000 rounds and 64 bytes; or null. */
export function readPbkdf2(text: string): Pbkdf2Parts | null {
  const match =
    /^\$pbkdf2-([A-Za-z0-9-]+)\$(?:([il]=\d{1,10}(?:,[il]=\d{1,10})?)\$)?([A-Za-z0-9+/]*)\$([A-Za-z0-9+/]+)$/.exec(
      text,
    );
  if (match === null) return null;
  const salt = decodeBase64(match[3]!);
  const key = decodeBase64(match[4]!);
  if (salt === null || key === null) return null;
  const cost = new Map((match[2] ?? '').split(',').map((pair) => pair.split('=') as [string, string]));
  return {
    digest: match[1]!,
    iterations: Number(cost.get('i') ?? 100_000),
    length: Number(cost.get('l') ?? 64),
    salt,
    key,
  };
}

export interface LdapParts {
  readonly digest: string;
  readonly hash: Uint8Array;
  readonly salt: Uint8Array;
}

/** Parts of an importable `{SCHEME}base64`; or null. */
export function readLdap(text: string): LdapParts | null {
  const match = /^\{(s?md5|s?sha(?:1|224|256|384|512)?)\}([A-Za-z0-9+/_-]+={0,2})$/i.exec(text);
  if (match === null) return null;
  const scheme = match[1]!.toLowerCase();
  const salted = scheme === 'smd5' || scheme.startsWith('ssha');
  const plain = salted ? scheme.slice(1) : scheme;
  const digest = plain === 'sha' ? 'sha1' : plain;
  const bytes = decodeBase64(match[2]!);
  if (!isDigestName(digest) || bytes === null) return null;
  const size = DIGESTS[digest].bytes;
  if (salted ? bytes.length <= size : bytes.length !== size) return null;
  return { digest, hash: bytes.slice(0, size), salt: bytes.slice(size) };
}

function checkLdap(object: CustomPasswordHash): ImportObjectProblem | null {
  const wrong = selfContained(object, false);
  if (wrong !== null) return wrong;
  const text = object.hash.value.reveal();
  if (readLdap(text) !== null) return null;
  return /^\{s?(md5|sha)/i.test(text)
    ? problem('password.hash-undecodable', 'hash.value has the wrong length for its LDAP scheme')
    : problem('password.ldap-scheme-unsupported', 'the LDAP scheme is not one of md5, smd5, sha…, ssha…');
}

function checkHmac(object: CustomPasswordHash, hmacSalt: HmacSalt): ImportObjectProblem | null {
  const { digest, key } = object.hash;
  if (digest === undefined || !HMAC_DIGESTS.has(digest))
    return invalid('hash.digest is missing or not accepted for hmac');
  if (key === undefined) return problem('password.hmac-key-missing', 'hash.key.value is missing');
  if (undecodable(key.value, key.encoding))
    return problem('password.hash-undecodable', `hash.key.value is not ${key.encoding}`);
  if (object.salt !== undefined && hmacSalt === 'refused')
    return problem('password.hmac-salt', 'a salt beside an hmac is not documented to be used');
  return checkBytes(object, isDigestName(digest) ? DIGESTS[digest].bytes : null);
}

function checkScrypt(object: CustomPasswordHash): ImportObjectProblem | null {
  const { keylen, cost = 16_384, blockSize = 8, parallelization = 1 } = object;
  if (keylen === undefined) return invalid('keylen is required for scrypt');
  if (![keylen, blockSize, parallelization].every((n) => Number.isSafeInteger(n) && n > 0)) {
    return invalid('keylen, blockSize and parallelization must be whole numbers above zero');
  }
  if (!Number.isSafeInteger(cost) || cost < 2 || !Number.isInteger(Math.log2(cost))) {
    return invalid('cost must be a power of two above one');
  }
  return checkBytes(object, keylen);
}

/**
 * The rules that the target's verifier applies beyond the JSON schema: encodings per algorithm, notation, lengths,
 * where a separate salt may be. Null when nothing speaks against the object. What a salt beside an hmac does is not
 * documented, so the caller says what it assumes.
 */
export function importObjectProblem(
  object: CustomPasswordHash,
  hmacSalt: HmacSalt = 'refused',
): ImportObjectProblem | null {
  const { salt } = object;
  const found = checkAlgorithm(object, hmacSalt);
  if (found !== null || salt === undefined) return found;
  return undecodable(salt.value, salt.encoding)
    ? problem('password.hash-undecodable', `salt.value is not ${salt.encoding}`)
    : null;
}

function checkAlgorithm(object: CustomPasswordHash, hmacSalt: HmacSalt): ImportObjectProblem | null {
  switch (object.algorithm) {
    case 'argon2':
      return checkArgon2(object);
    case 'bcrypt':
      return checkBcrypt(object);
    case 'ldap':
      return checkLdap(object);
    case 'pbkdf2':
      return checkPbkdf2(object);
    case 'hmac':
      return checkHmac(object, hmacSalt);
    case 'scrypt':
      return checkScrypt(object);
    default:
      return checkBytes(object, DIGESTS[object.algorithm].bytes);
  }
}
