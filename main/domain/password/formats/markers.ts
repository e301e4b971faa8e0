import type { RecognisedHash } from '#domain/password/recognised-hash.ts';
import { resetOnly } from '#domain/password/recognition.ts';

const NO_PASSWORD = new Set(['', '-', 'x', 'null', 'none', 'nil', 'undefined', 'n/a', 'empty', '0x', '\\x']);
const LOCKED = new Set([
  '!',
  '!!',
  '*',
  '**',
  '*lk*',
  '*np*',
  'np',
  'locked',
  '*locked*',
  'disabled',
  '#',
  '{locked}',
]);

/** Values that stand for "no password" or "may not log in". Other texts give null. */
export function recogniseMarker(text: string): RecognisedHash | null {
  if (text.length > 10 && text.charCodeAt(0) !== 33) return null;
  const lower = text.length > 10 ? text : text.toLowerCase();
  if (NO_PASSWORD.has(lower)) return resetOnly('none', 'password.none', {});
  if (LOCKED.has(lower)) return resetOnly('locked', 'password.locked', {});
  // Unix locks a hash by writing `!` before it; Django writes `!` and random letters for "unusable".
  return /^!!?(?:\$|[A-Za-z0-9]{10,}$)/.test(text) ? resetOnly('locked', 'password.locked', {}) : null;
}
