/** Key derivation. The asynchronous forms run on the host's threads and are where password checks spend their time. */
import {
  callForBytes,
  callLater,
  inputBytes,
  requireDigest,
  requireFunction,
  type Callback,
} from './host-crypto.ts';
import { KeyObject } from './keys.ts';

const arrayBufferOf = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;

function pbkdf2Arguments([password, salt, iterations, length, digest]: readonly unknown[]): unknown[] {
  requireDigest(digest);
  return [
    inputBytes(password, undefined, 'password'),
    inputBytes(salt, undefined, 'salt'),
    iterations,
    length,
    digest,
  ];
}

export const pbkdf2Sync = (...args: unknown[]): unknown => callForBytes('pbkdf2', ...pbkdf2Arguments(args));

export function pbkdf2(...args: unknown[]): void {
  // Without a digest the callback stands in its place, and the digest is what Node complains about.
  const callback = typeof args[4] === 'function' ? args[4] : args[5];
  const given = pbkdf2Arguments(typeof args[4] === 'function' ? args.slice(0, 4) : args);
  requireFunction(callback);
  callLater('pbkdf2', given, callback);
}

function scryptArguments([password, salt, length, options = {}]: readonly unknown[]): unknown[] {
  const { ...copy } = options as object;
  return [inputBytes(password, undefined, 'password'), inputBytes(salt, undefined, 'salt'), length, copy];
}

export const scryptSync = (...args: unknown[]): unknown => callForBytes('scrypt', ...scryptArguments(args));

export function scrypt(...args: unknown[]): void {
  const callback = args.pop();
  const given = scryptArguments(args);
  requireFunction(callback);
  callLater('scrypt', given, callback);
}

function hkdfArguments([digest, key, salt, info, length]: readonly unknown[]): unknown[] {
  requireDigest(digest);
  const material = key instanceof KeyObject ? KeyObject.bytes(key) : inputBytes(key, undefined, 'ikm');
  return [digest, material, inputBytes(salt, undefined, 'salt'), inputBytes(info, undefined, 'info'), length];
}

export const hkdfSync = (...args: unknown[]): ArrayBuffer =>
  arrayBufferOf(callForBytes('hkdf', ...hkdfArguments(args)));

export function hkdf(...args: unknown[]): void {
  const callback = args.pop() as Callback;
  const given = hkdfArguments(args);
  requireFunction(callback);
  callLater('hkdf', given, (error, value) => {
    if (error) callback(error);
    else callback(null, arrayBufferOf(value as Uint8Array));
  });
}
