import { decodeHex } from '#domain/password/bytes.ts';
import { recogniseAspNetIdentity, recogniseMembership } from '#domain/password/formats/aspnet.ts';
import { recogniseBare } from '#domain/password/formats/bare.ts';
import { recogniseBraces } from '#domain/password/formats/braces.ts';
import { recogniseDesCrypt, recogniseDollar, rehashedPhpass } from '#domain/password/formats/crypt.ts';
import {
  recogniseMysqlPassword,
  recogniseOracle,
  recognisePwdEncrypt,
} from '#domain/password/formats/databases.ts';
import { recogniseDefuse } from '#domain/password/formats/pbkdf2.ts';
import { recogniseKeycloak } from '#domain/password/formats/keycloak.ts';
import { recogniseMarker } from '#domain/password/formats/markers.ts';
import { recogniseColon, recognisePrefixed } from '#domain/password/formats/prefixed.ts';
import { lazyOnly, withWarning } from '#domain/password/recognition.ts';
import type { RecognisedHash } from '#domain/password/recognised-hash.ts';
import { NO_HINT, readScheme, type SchemeHint } from '#domain/password/scheme-hint.ts';
import type { Secret } from '#domain/secret.ts';

const DOLLAR = 36;
const STAR = 42;
const BRACE = 123;
const DASH = 45;

/** Letters of both cases, digits or blanks in a short text: what people type, not what hash functions print. */
function looksTyped(text: string): boolean {
  return text.length <= 40 && !/^[0-9a-fA-F]{16,}$/.test(text);
}

function unknown(text: string): RecognisedHash {
  if (!looksTyped(text)) return lazyOnly('unknown', 'password.unknown-format', { confidence: 'guess' });
  return lazyOnly('plain-text', 'password.plain-text', {
    confidence: 'guess',
    warnings: ['password.maybe-plain-text'],
  });
}

/** Hex as SQL Server (`0x…`) and PostgreSQL (`\x…`) print binary columns. */
function recogniseBinary(text: string, salt: string | null, hint: SchemeHint): RecognisedHash | null {
  const hex = text.slice(2);
  const bytes = decodeHex(hex);
  if (bytes === null || bytes.length === 0) return null;
  const found = recognisePwdEncrypt(bytes, hex) ?? recogniseBare(hex, salt, hint);
  return found === null ? null : withWarning(found, 'password.binary-column');
}

/** .NET's BitConverter writes hex with a dash between the bytes. */
function recogniseDashed(text: string, salt: string | null, hint: SchemeHint): RecognisedHash | null {
  if (text.charCodeAt(2) !== DASH || !/^[0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2}){15,}$/.test(text)) return null;
  const found = recogniseBare(text.replaceAll('-', ''), salt, hint);
  return found === null ? null : withWarning(found, 'password.rewritten');
}

function recogniseUnmarked(text: string, salt: string | null, hint: SchemeHint): RecognisedHash {
  if (text.startsWith('0x') || text.startsWith('\\x')) {
    const binary = recogniseBinary(text, salt, hint);
    if (binary !== null) return binary;
  }
  const membership = salt === null || hint !== NO_HINT ? null : recogniseMembership(text, salt);
  return (
    membership ??
    recogniseAspNetIdentity(text) ??
    recogniseBare(text, salt, hint) ??
    recogniseDashed(text, salt, hint) ??
    (text.includes('$') ? (recognisePrefixed(text, salt) ?? rehashedPhpass(text)) : null) ??
    (text.includes(':') ? (recogniseColon(text) ?? recogniseDefuse(text) ?? recogniseOracle(text)) : null) ??
    recogniseDesCrypt(text) ??
    unknown(text)
  );
}

/** ASP.NET Membership's PasswordFormat column counts 0 plain, 1 hashed, 2 encrypted; its salt is always 16 bytes. */
function recogniseText(text: string, salt: string | null, scheme: string | null): RecognisedHash {
  const hint = readScheme(scheme);
  const marker = recogniseMarker(text);
  if (marker !== null) return marker;
  const membership = salt?.length === 24 && salt.endsWith('==') ? scheme : null;
  if (hint.plain || membership === '0') return lazyOnly('plain-text', 'password.plain-text', {});
  if (hint.encrypted || membership === '2') return lazyOnly('encrypted', 'password.encrypted', {});
  const first = text.charCodeAt(0);
  if (first === DOLLAR) {
    const found = recogniseDollar(text, salt) ?? unknown(text);
    return hint.pepper ? withWarning(found, 'password.pepper-possible') : found;
  }
  if (first === BRACE) {
    const braces =
      text.charCodeAt(1) === 34
        ? recogniseKeycloak(text, scheme)
        : recogniseBraces(text, (rest) => recogniseText(rest, salt, null));
    return braces ?? unknown(text);
  }
  if (first === STAR) return recogniseMysqlPassword(text) ?? unknown(text);
  return recogniseUnmarked(text, salt, hint);
}

/**
 * Says what a stored hash is and what the target can do with it. `salt` and `scheme` are the values of their own
 * columns, where the legacy store has them. Pure and cheap: it runs over every row.
 */
export function recogniseHash(
  hash: Secret | null,
  salt: Secret | null,
  scheme: string | null,
): RecognisedHash {
  const stored = hash?.reveal() ?? '';
  const text = stored.trim();
  const saltText = salt?.reveal() ?? '';
  const found = recogniseText(text, saltText === '' ? null : saltText, scheme);
  return text.length === stored.length || text === ''
    ? found
    : withWarning(found, 'password.padding-trimmed');
}
