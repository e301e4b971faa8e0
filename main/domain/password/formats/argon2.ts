import type { RecognisedHash } from '#domain/password/recognised-hash.ts';
import { decodeBase64, encodeBase64 } from '#domain/password/bytes.ts';
import { textObject } from '#domain/password/import-object.ts';
import { importable, lazyOnly, type PasswordCode } from '#domain/password/recognition.ts';

const CANONICAL = /^\$argon2(id|i)\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;
const LOOSE = /^\$argon2(id|i|d)(?:\$v=(\d+))?\$([a-z]+=[^$]*)\$([A-Za-z0-9+/=_-]+)\$([A-Za-z0-9+/=_-]+)$/;

interface Argon2Parts {
  readonly memory: number;
  readonly passes: number;
  readonly lanes: number;
  readonly salt: Uint8Array;
  readonly key: Uint8Array;
}

function sizesFit(parts: Argon2Parts): boolean {
  return (
    parts.lanes >= 1 &&
    parts.passes >= 1 &&
    parts.memory >= 8 * parts.lanes &&
    parts.salt.length >= 8 &&
    parts.key.length >= 16
  );
}

function warningsFor(parts: Argon2Parts, rewritten: boolean): PasswordCode[] {
  const warnings: PasswordCode[] = [];
  if (parts.memory * parts.passes < 19 * 1024) warnings.push('password.cost-low');
  if (parts.memory > 256 * 1024) warnings.push('password.cost-high');
  if (rewritten) warnings.push('password.rewritten');
  return warnings;
}

/** Builds the only spelling the target reads, from parts found in any spelling. */
export function argon2Text(kind: 'id' | 'i', parts: Argon2Parts): string {
  const cost = `m=${parts.memory},t=${parts.passes},p=${parts.lanes}`;
  return `$argon2${kind}$v=19$${cost}$${encodeBase64(parts.salt, false)}$${encodeBase64(parts.key, false)}`;
}

/** Argon2 in PHC notation; other orders and paddings are rewritten, other variants and versions cannot be. */
export function recogniseArgon2(text: string): RecognisedHash | null {
  const exact = CANONICAL.test(text);
  const match = LOOSE.exec(text);
  if (match === null) return null;
  const kind = match[1] as 'id' | 'i' | 'd';
  const cost = new Map(match[3]!.split(',').map((pair) => pair.split('=') as [string, string]));
  const salt = decodeBase64(match[4]!);
  const key = decodeBase64(match[5]!);
  if (salt === null || key === null) return null;
  const [memory, passes, lanes] = ['m', 't', 'p'].map((name) => Number(cost.get(name)));
  const parameters = `m=${memory} t=${passes} p=${lanes}`;
  const format = `argon2${kind}`;
  if (kind === 'd') return lazyOnly(format, 'password.argon2-unsupported', { parameters, digest: key });
  if (match[2] !== '19' || cost.size !== 3 || ![memory, passes, lanes].every(Number.isSafeInteger)) {
    const version = match[2] === undefined || match[2] === '16' ? ' version 1.0' : '';
    return lazyOnly(format, 'password.argon2-unsupported', { parameters: parameters + version, digest: key });
  }
  const parts = { memory: memory!, passes: passes!, lanes: lanes!, salt, key };
  if (!sizesFit(parts)) return lazyOnly(format, 'password.argon2-unsupported', { parameters, digest: key });
  const value = exact ? text : argon2Text(kind, parts);
  return importable(format, textObject('argon2', value), {
    parameters,
    digest: key,
    warnings: warningsFor(parts, !exact),
  });
}
