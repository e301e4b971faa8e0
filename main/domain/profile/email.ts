import { utf8Length } from '#domain/utf8.ts';

/** Why an address is refused; the words go into findings. */
export type EmailProblem = 'no-at' | 'local-part' | 'local-too-long' | 'domain' | 'too-long';

const ATOM = /^[a-z\d!#$%&'*+\-/=?^_`{|}~\u00A1-\uD7FF\uF900-\uFDCF\uFDF0-\uFFEF]+$/i;
/** What may stand between quotes, escaped pairs first: no bare quote or backslash. */
const QUOTED = /^(?:\\[^\n]|[^"\\])*$/;
const LINE_BREAK = /[\n\r]/;
const LABEL = /^[a-z\d\-\u00a1-\uffff]+$/i;
const FULL_WIDTH = /[\uff01-\uff5e]/;
const TOP_LEVEL = /^(?:[a-z\u00a1-\uffff]{2,}|xn[a-z\d-]{2,})$/i;
const MAX_LOCAL = 64;
const MAX_TOTAL = 254;
const MAX_LABEL = 63;

/**
 * Whether the import's `format: email` accepts an address. The rule is that of the validator library behind the
 * JSON schema validator whose messages live jobs show: split at the last @; a dotted local part of letters,
 * digits, the RFC 5322 specials and non-ASCII characters (so no leading, trailing or doubled dot and no space),
 * or a quoted local part; a domain of at least two labels without underscores, whose last one has no digits;
 * no address literals, no comments, no trailing dot. Two oddities that the library lets through are refused here:
 * a local part that only begins with a quote, and no-break spaces. Lengths: local part 64 bytes, address 254 characters.
 */
export function emailProblem(address: string): EmailProblem | null {
  const at = address.lastIndexOf('@');
  if (at < 1) return 'no-at';
  const local = address.slice(0, at);
  const domain = address.slice(at + 1);
  if (utf8Length(local) > MAX_LOCAL) return 'local-too-long';
  if (address.length > MAX_TOTAL) return 'too-long';
  if (!isDomain(domain)) return 'domain';
  return isLocalPart(local) ? null : 'local-part';
}

function isLocalPart(local: string): boolean {
  if (local.startsWith('"')) return isQuotedText(local);
  return local.split('.').every((atom) => ATOM.test(atom));
}

function isQuotedText(local: string): boolean {
  return (
    local.length > 2 && local.endsWith('"') && QUOTED.test(local.slice(1, -1)) && !LINE_BREAK.test(local)
  );
}

function isDomain(domain: string): boolean {
  const labels = domain.split('.');
  return labels.length > 1 && TOP_LEVEL.test(labels.at(-1)!) && labels.every(isLabel);
}

function isLabel(label: string): boolean {
  return (
    label.length <= MAX_LABEL &&
    LABEL.test(label) &&
    !FULL_WIDTH.test(label) &&
    !label.startsWith('-') &&
    !label.endsWith('-')
  );
}

/** Lower-case domain of an address, or null. For cohorts. */
export function emailDomain(address: string | null): string | null {
  const at = address?.lastIndexOf('@') ?? -1;
  return address === null || at < 1 ? null : address.slice(at + 1).toLowerCase();
}
