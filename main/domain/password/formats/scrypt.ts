import type { RecognisedHash } from '#domain/password/recognised-hash.ts';
import type { HashEncoding } from '#domain/password/custom-password-hash.ts';
import {
  decodeBase64,
  decodeCryptBase64,
  decodeCryptNumber,
  decodeHex,
  encodeBase64,
  encodeHex,
} from '#domain/password/bytes.ts';
import { scryptObject } from '#domain/password/import-object.ts';
import { importable, lazyOnly, type PasswordCode } from '#domain/password/recognition.ts';

interface ScryptFacts {
  readonly format: string;
  readonly cost: number;
  readonly blockSize: number;
  readonly parallelization: number;
  readonly salt: { readonly value: string; readonly encoding: HashEncoding };
  readonly key: Uint8Array | null;
}

/** Node's own limit unless a caller raises it; OpenSSL needs a little more than 128·N·r bytes. */
const DEFAULT_MEMORY = 32 * 1024 * 1024;

export function scryptMemory(cost: number, blockSize: number, parallelization: number): number {
  return 128 * blockSize * (cost + parallelization) + 256 * blockSize;
}

function scryptRecognition(facts: ScryptFacts): RecognisedHash | null {
  const { format, cost, blockSize, parallelization, salt, key } = facts;
  if (key === null || key.length === 0) return null;
  const parameters = `N=${cost} r=${blockSize} p=${parallelization}, ${key.length} bytes`;
  const powerOfTwo = cost > 1 && Number.isInteger(Math.log2(cost));
  if (!powerOfTwo || blockSize < 1 || parallelization < 1) {
    return lazyOnly(format, 'password.damaged', { parameters, digest: key });
  }
  const warnings: PasswordCode[] = [];
  if (cost * blockSize * parallelization < 8192 * 8) warnings.push('password.cost-low');
  if (scryptMemory(cost, blockSize, parallelization) > DEFAULT_MEMORY)
    warnings.push('password.scrypt-memory');
  const object = scryptObject(encodeHex(key), 'hex', salt, key.length, { cost, blockSize, parallelization });
  return importable(format, object, { parameters, digest: key, warnings });
}

function base64Salt(text: string): ScryptFacts['salt'] | null {
  const bytes = decodeBase64(text);
  return bytes === null ? null : { value: encodeBase64(bytes, true), encoding: 'base64' };
}

/** `$scrypt$ln=16,r=8,p=1$salt$key`, as passlib and the PHC crates write it. */
export function recognisePhcScrypt(text: string): RecognisedHash | null {
  const match = /^\$scrypt\$(?:v=\d+\$)?ln=(\d+),r=(\d+),p=(\d+)\$([^$]*)\$([^$]+)$/.exec(text);
  const salt = match === null ? null : base64Salt(match[4]!);
  if (match === null || salt === null) return null;
  return scryptRecognition({
    format: 'scrypt-phc',
    cost: 2 ** Number(match[1]!),
    blockSize: Number(match[2]!),
    parallelization: Number(match[3]!),
    salt,
    key: decodeBase64(match[5]!),
  });
}

/** `$s0$e0801$salt$key` of the Java libraries and `$e0801$salt$key` of Spring: the three numbers in one. */
export function recognisePackedScrypt(
  text: string,
  format: 'scrypt-s0' | 'spring-scrypt',
): RecognisedHash | null {
  const match = /^\$(?:s0\$)?([0-9a-f]{3,8})\$([^$]+)\$([^$]+)$/.exec(text);
  const salt = match === null ? null : base64Salt(match[2]!);
  if (match === null || salt === null) return null;
  const packed = Number.parseInt(match[1]!, 16);
  return scryptRecognition({
    format,
    cost: 2 ** (packed >>> 16),
    blockSize: (packed >>> 8) & 0xff,
    parallelization: packed & 0xff,
    salt,
    key: decodeBase64(match[3]!),
  });
}

/** `$7$` of libsodium and libxcrypt: one digit for log2 N, five for r, five for p, the salt as plain text. */
export function recogniseCryptScrypt(text: string): RecognisedHash | null {
  const match = /^\$7\$([./0-9A-Za-z])([./0-9A-Za-z]{5})([./0-9A-Za-z]{5})([^$]*)\$([./0-9A-Za-z]{43})$/.exec(
    text,
  );
  if (match === null) return null;
  return scryptRecognition({
    format: 'scrypt-crypt',
    cost: 2 ** decodeCryptNumber(match[1]!),
    blockSize: decodeCryptNumber(match[2]!),
    parallelization: decodeCryptNumber(match[3]!),
    salt: { value: match[4]!, encoding: 'utf8' },
    key: decodeCryptBase64(match[5]!),
  });
}

/** Werkzeug: `scrypt:N:r:p$salt$hex`. */
export function recogniseWerkzeugScrypt(text: string): RecognisedHash | null {
  const match = /^scrypt:(\d+):(\d+):(\d+)\$([^$]+)\$([0-9a-fA-F]+)$/.exec(text);
  if (match === null) return null;
  return scryptRecognition({
    format: 'werkzeug-scrypt',
    cost: Number(match[1]!),
    blockSize: Number(match[2]!),
    parallelization: Number(match[3]!),
    salt: { value: match[4]!, encoding: 'utf8' },
    key: decodeHex(match[5]!),
  });
}

/** Django: `scrypt$N$salt$r$p$base64`. */
export function recogniseDjangoScrypt(text: string): RecognisedHash | null {
  const match = /^scrypt\$(\d+)\$([^$]+)\$(\d+)\$(\d+)\$([^$]+)$/.exec(text);
  if (match === null) return null;
  return scryptRecognition({
    format: 'django-scrypt',
    cost: Number(match[1]!),
    blockSize: Number(match[3]!),
    parallelization: Number(match[4]!),
    salt: { value: match[2]!, encoding: 'utf8' },
    key: decodeBase64(match[5]!),
  });
}

/** Ruby's scrypt gem: `N$r$p$salt$key`, all in hex; leading zero bytes of the salt are dropped before use. */
export function recogniseRubyScrypt(text: string): RecognisedHash | null {
  const match =
    /^([0-9a-f]{1,6})\$([0-9a-f]{1,3})\$([0-9a-f]{1,3})\$([0-9a-f]{16,64})\$([0-9a-f]{32,})$/.exec(text);
  if (match === null || match[4]!.length === 40) return null;
  const [cost, blockSize, parallelization] = match.slice(1, 4).map((digits) => Number.parseInt(digits, 16));
  return scryptRecognition({
    format: 'ruby-scrypt',
    cost: cost!,
    blockSize: blockSize!,
    parallelization: parallelization!,
    salt: { value: match[4]!.replace(/^(00)+/, ''), encoding: 'hex' },
    key: decodeHex(match[5]!),
  });
}
