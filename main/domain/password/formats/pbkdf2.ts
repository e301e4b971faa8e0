import type { RecognisedHash } from '#domain/password/recognised-hash.ts';
import { decodeAdaptedBase64, decodeBase64, decodeHex, encodeUtf8 } from '#domain/password/bytes.ts';
import { pbkdf2Object } from '#domain/password/import-object.ts';
import { importable, lazyOnly, type PasswordCode } from '#domain/password/recognition.ts';

/** Digest names the import accepts after `pbkdf2-`; they are those of an older OpenSSL. */
export const PBKDF2_DIGESTS: ReadonlySet<string> = new Set(
  (
    'RSA-MD4 RSA-MD5 RSA-MDC2 RSA-RIPEMD160 RSA-SHA1 RSA-SHA1-2 RSA-SHA224 RSA-SHA256 RSA-SHA384 RSA-SHA512 ' +
    'md4 md4WithRSAEncryption md5 md5WithRSAEncryption mdc2 mdc2WithRSA ripemd ripemd160 ripemd160WithRSA ' +
    'rmd160 sha1 sha1WithRSAEncryption sha224 sha224WithRSAEncryption sha256 sha256WithRSAEncryption sha384 ' +
    'sha384WithRSAEncryption sha512 sha512WithRSAEncryption ssl3-md5 ssl3-sha1 whirlpool'
  ).split(' '),
);

interface Pbkdf2Facts {
  readonly format: string;
  readonly digest: string;
  readonly iterations: number;
  readonly salt: Uint8Array;
  readonly key: Uint8Array;
  readonly confidence?: RecognisedHash['confidence'];
  readonly warnings?: readonly PasswordCode[];
}

/** Any PBKDF2 hash whose parts are known: the notation may differ, the computation is the import's. */
export function pbkdf2Recognition(facts: Pbkdf2Facts): RecognisedHash {
  const { format, digest, iterations, salt, key } = facts;
  const confidence = facts.confidence ?? 'certain';
  const parameters = `${digest}, ${iterations} iterations, ${key.length} bytes`;
  if (!PBKDF2_DIGESTS.has(digest)) {
    return lazyOnly(format, 'password.pbkdf2-digest-unsupported', { parameters, confidence, digest: key });
  }
  if (iterations < 1 || key.length === 0) {
    return lazyOnly(format, 'password.damaged', { parameters, confidence });
  }
  const warnings = [...(facts.warnings ?? [])];
  if (iterations < 10_000) warnings.push('password.cost-low');
  if (iterations > 1_000_000) warnings.push('password.cost-high');
  return importable(format, pbkdf2Object(digest, iterations, salt, key), {
    parameters,
    confidence,
    digest: key,
    warnings,
  });
}

const PHC = /^\$pbkdf2-([A-Za-z0-9-]+)\$([a-z]=\d+(?:,[a-z]=\d+)*\$)?([A-Za-z0-9+/=]+)\$([A-Za-z0-9+/=]+)$/;
const PASSLIB = /^\$pbkdf2(?:-(sha\d+))?\$(\d+)\$([A-Za-z0-9./+=]*)\$([A-Za-z0-9./+=]+)$/;

function phc(text: string): RecognisedHash | null {
  const match = PHC.exec(text);
  if (match === null) return null;
  const cost = new Map(
    (match[2] ?? '$')
      .slice(0, -1)
      .split(',')
      .map((pair) => pair.split('=') as [string, string]),
  );
  const salt = decodeBase64(match[3]!);
  const key = decodeBase64(match[4]!);
  if (salt === null || key === null) return null;
  const length = Number(cost.get('l') ?? 64);
  const warnings: PasswordCode[] = [];
  if (length !== key.length) warnings.push('password.pbkdf2-length-corrected');
  if (/=(?:$|\$)/.test(match[3]! + '$' + match[4]!)) warnings.push('password.rewritten');
  if (!cost.has('i')) warnings.push('password.pbkdf2-iterations-default');
  return pbkdf2Recognition({
    format: `pbkdf2-${match[1]!}`,
    digest: match[1]!,
    iterations: Number(cost.get('i') ?? 100_000),
    salt,
    key,
    warnings,
  });
}

function passlib(text: string): RecognisedHash | null {
  const match = PASSLIB.exec(text);
  if (match === null) return null;
  const salt = decodeAdaptedBase64(match[3]!);
  const key = decodeAdaptedBase64(match[4]!);
  if (salt === null || key === null) return null;
  return pbkdf2Recognition({
    format: 'pbkdf2-passlib',
    digest: match[1] ?? 'sha1',
    iterations: Number(match[2]!),
    salt,
    key,
    warnings: ['password.rewritten'],
  });
}

/** `$pbkdf2…$` in the import's own notation or in passlib's, where the count stands alone and `.` is `+`. */
export function recognisePbkdf2(text: string): RecognisedHash | null {
  return passlib(text) ?? phc(text);
}

/** Django: `pbkdf2_sha256$iterations$salt$base64`, the salt being the text itself. */
export function recogniseDjangoPbkdf2(text: string): RecognisedHash | null {
  const [name, iterations, salt, hash, ...rest] = text.split('$');
  const key = decodeBase64(hash ?? '');
  if (rest.length > 0 || salt === undefined || key === null || !/^\d+$/.test(iterations!)) return null;
  return pbkdf2Recognition({
    format: 'django-pbkdf2',
    digest: name!.slice('pbkdf2_'.length),
    iterations: Number(iterations),
    salt: encodeUtf8(salt),
    key,
    warnings: ['password.rewritten'],
  });
}

/** Werkzeug: `pbkdf2:sha256:iterations$salt$hex`. Very old versions leave the count out. */
export function recogniseWerkzeugPbkdf2(text: string): RecognisedHash | null {
  const match = /^pbkdf2:([a-z0-9]+)(?::(\d+))?\$([^$]+)\$([0-9a-fA-F]+)$/.exec(text);
  const key = match === null ? null : decodeHex(match[4]!);
  if (match === null || key === null) return null;
  const warnings: PasswordCode[] = ['password.rewritten'];
  if (match[2] === undefined) warnings.push('password.parameters-assumed');
  return pbkdf2Recognition({
    format: 'werkzeug-pbkdf2',
    digest: match[1]!,
    iterations: Number(match[2] ?? 1000),
    salt: encodeUtf8(match[3]!),
    key,
    confidence: match[2] === undefined ? 'likely' : 'certain',
    warnings,
  });
}

/**
 * The widely copied PBKDF2 classes of defuse.ca: `sha1:64000:18:salt:key` in base64, and from their Java original
 * `1000:salt:key` in hex.
 */
export function recogniseDefuse(text: string): RecognisedHash | null {
  const five = /^(sha\d+):(\d+):(\d+):([A-Za-z0-9+/=]+):([A-Za-z0-9+/=]+)$/.exec(text);
  const three = five === null ? /^(\d+):([0-9a-f]+):([0-9a-f]+)$/.exec(text) : null;
  const salt = five === null ? decodeHex(three?.[2] ?? '-') : decodeBase64(five[4]!);
  const key = five === null ? decodeHex(three?.[3] ?? '-') : decodeBase64(five[5]!);
  if (salt === null || key === null || salt.length < 8 || key.length < 16) return null;
  if (five !== null && key.length !== Number(five[3])) return null;
  return pbkdf2Recognition({
    format: 'pbkdf2-defuse',
    digest: five?.[1] ?? 'sha1',
    iterations: Number(five?.[2] ?? three![1]),
    salt,
    key,
    confidence: five === null ? 'likely' : 'certain',
    warnings: five === null ? ['password.rewritten', 'password.parameters-assumed'] : ['password.rewritten'],
  });
}
