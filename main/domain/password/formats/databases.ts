import type { RecognisedHash } from '#domain/password/recognised-hash.ts';
import { decodeHex } from '#domain/password/bytes.ts';
import { digestWarnings } from '#domain/password/formats/digests.ts';
import { digestObject } from '#domain/password/import-object.ts';
import { importable, lazyOnly } from '#domain/password/recognition.ts';

/** MySQL's PASSWORD(): SHA-1 of the binary SHA-1. */
export function recogniseMysqlPassword(text: string): RecognisedHash | null {
  return text.length === 41 && decodeHex(text.slice(1)) !== null
    ? lazyOnly('mysql-password', 'password.nested-digest', { parameters: 'sha1 of sha1' })
    : null;
}

/** Oracle's spare4. Only the `S:` part, SHA-1 over password and salt, can be carried over. */
export function recogniseOracle(text: string): RecognisedHash | null {
  const match = /(?:^|;)S:([0-9A-Fa-f]{40})([0-9A-Fa-f]{20})(?:;|$)/.exec(text);
  if (match !== null) {
    const salt = { value: match[2]!, encoding: 'hex', position: 'suffix' } as const;
    return importable('oracle-11g', digestObject('sha1', match[1]!, 'hex', salt), {
      digest: decodeHex(match[1]!),
      warnings: digestWarnings(true),
    });
  }
  return /(?:^|;)[HT]:[0-9A-Fa-f]{32,}/.test(text)
    ? lazyOnly('oracle-12c', 'password.nested-digest', {})
    : null;
}

/** SQL Server's PWDENCRYPT: version, four bytes of salt, digest over the UTF-16 password and the salt. */
export function recognisePwdEncrypt(bytes: Uint8Array, hex: string): RecognisedHash | null {
  if (bytes[0] !== 1 && bytes[0] !== 2) return null;
  const sha1 = bytes[0] === 1 && bytes[1] === 0 && (bytes.length === 26 || bytes.length === 46);
  const sha512 = bytes[0] === 2 && bytes[1] === 0 && bytes.length === 70;
  if (!sha1 && !sha512) return null;
  const salt = { value: hex.slice(4, 12), encoding: 'hex', position: 'suffix' } as const;
  const value = hex.slice(12, sha1 ? 52 : 140);
  const object = digestObject(sha1 ? 'sha1' : 'sha512', value, 'hex', salt, 'utf16le');
  return importable(sha1 ? 'mssql-2005' : 'mssql-2012', object, {
    digest: decodeHex(value),
    warnings: digestWarnings(true),
  });
}
