import type { RecognisedHash } from '#domain/password/recognised-hash.ts';
import { textObject } from '#domain/password/import-object.ts';
import { importable, lazyOnly, type PasswordCode } from '#domain/password/recognition.ts';
import { Secret } from '#domain/secret.ts';

const SHAPE = /^\$2[abxy]?\$\d\d\$[./A-Za-z0-9]{53}$/;
/** The pattern the live import checks `password_hash` with. It lets `$2$` through, which then never verifies. */
export const PASSWORD_HASH_PATTERN = /^\$2[ab]?\$10+\$[./A-Za-z0-9]{53}$/;

/** bcrypt in crypt notation. `salt` is the salt column: bcrypt carries its own, so one more is suspicious. */
export function recogniseBcrypt(text: string, salt: string | null): RecognisedHash | null {
  if (!SHAPE.test(text)) return null;
  const prefix = text.slice(1, text.indexOf('$', 1));
  const cost = Number(text.slice(prefix.length + 2, prefix.length + 4));
  const format = prefix === '2' ? 'bcrypt-2' : `bcrypt-${prefix}`;
  const parameters = `cost ${cost}`;
  if (cost < 4 || cost > 31) return lazyOnly(format, 'password.bcrypt-cost-impossible', { parameters });
  if (prefix === '2' || prefix === '2x') {
    return lazyOnly(format, 'password.bcrypt-prefix-unsupported', { parameters });
  }
  const warnings: PasswordCode[] = [];
  if (cost < 10) warnings.push('password.cost-low');
  if (cost > 14) warnings.push('password.cost-high');
  const extraSalt = salt !== null && !text.startsWith(salt) && !text.includes(salt);
  if (extraSalt) warnings.push('password.bcrypt-extra-salt');
  const confidence = extraSalt ? 'likely' : 'certain';
  if (PASSWORD_HASH_PATTERN.test(text)) {
    const route = { kind: 'password-hash', value: new Secret(text) } as const;
    return { format, parameters, confidence, route, digest: null, warnings };
  }
  return importable(format, textObject('bcrypt', text), { parameters, confidence, warnings });
}
