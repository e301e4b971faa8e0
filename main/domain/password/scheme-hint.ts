import { type DigestName, isDigestName } from '#domain/password/formats/digests.ts';
import type { PasswordCode } from '#domain/password/recognition.ts';

/** What a scheme column says, where rows of several eras share one hash column. */
export interface SchemeHint {
  readonly digest: DigestName | null;
  /** MD4 over UTF-16, the NT hash. */
  readonly nt: boolean;
  readonly plain: boolean;
  readonly encrypted: boolean;
  readonly pbkdf2: { readonly digest: string; readonly iterations: number } | null;
  readonly lazy: { readonly format: string; readonly code: PasswordCode } | null;
  /** The scheme names a framework that may mix in a secret of the application. */
  readonly pepper: boolean;
}

export const NO_HINT: SchemeHint = {
  digest: null,
  nt: false,
  plain: false,
  encrypted: false,
  pbkdf2: null,
  lazy: null,
  pepper: false,
};

const PLAIN = new Set(['plain', 'plaintext', 'clear', 'cleartext', 'noop', 'unencrypted']);
const LAZY: Readonly<Record<string, SchemeHint['lazy']>> = {
  symfony: { format: 'symfony-sha512', code: 'password.iterated-digest' },
  devisesha512: { format: 'devise-sha512', code: 'password.iterated-digest' },
  authlogic: { format: 'authlogic-sha512', code: 'password.iterated-digest' },
  firebase: { format: 'firebase-scrypt', code: 'password.firebase-scrypt' },
  firebasescrypt: { format: 'firebase-scrypt', code: 'password.firebase-scrypt' },
  hmac: { format: 'hmac', code: 'password.hmac-key-missing' },
  scrypt: { format: 'scrypt-columns', code: 'password.parameters-missing' },
  pbkdf2: { format: 'pbkdf2-columns', code: 'password.parameters-missing' },
};

/** Reads a scheme such as `SHA-256`, `ntlm`, `pbkdf2-sha512:27500`, `plain`; unknown ones give no hint. */
export function readScheme(scheme: string | null): SchemeHint {
  if (scheme === null || scheme === '') return NO_HINT;
  const pbkdf2 = /^pbkdf2[-_ :]?(?:hmac[-_ ]?)?(sha\d+)[^0-9]+(\d+)$/i.exec(scheme);
  if (pbkdf2 !== null) {
    return { ...NO_HINT, pbkdf2: { digest: pbkdf2[1]!.toLowerCase(), iterations: Number(pbkdf2[2]!) } };
  }
  const name = scheme.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  if (PLAIN.has(name)) return { ...NO_HINT, plain: true };
  if (name === 'encrypted' || name === 'aes') return { ...NO_HINT, encrypted: true };
  if (name === 'ntlm' || name === 'nt' || name === 'nthash') return { ...NO_HINT, digest: 'md4', nt: true };
  if (name === 'devise') return { ...NO_HINT, pepper: true };
  if (name === 'sha') return { ...NO_HINT, digest: 'sha1' };
  if (Object.hasOwn(LAZY, name)) return { ...NO_HINT, lazy: LAZY[name]! };
  if (name.startsWith('hmac')) return { ...NO_HINT, lazy: LAZY['hmac']! };
  if (name.startsWith('pbkdf2')) return { ...NO_HINT, lazy: LAZY['pbkdf2']! };
  return isDigestName(name) ? { ...NO_HINT, digest: name } : NO_HINT;
}
