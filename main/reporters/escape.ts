// Texts in a report come from legacy rows and scripts: whoever filled in a sign-up form years ago wrote them.

// C0 and C1 controls, and the marks that turn the direction of text around.
// eslint-disable-next-line no-control-regex -- control characters are exactly what is looked for
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
/* eslint-disable no-control-regex -- as above */
const KEPT = /^(?:\u001b\[[\d;]*m|\r\n|[\n\t])$/;
const KEPT_OR_UNSAFE = new RegExp(`\u001b\\[[\\d;]*m|\r\n|${UNSAFE.source}`, 'g');
const UNSAFE_IN_JSON = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
/* eslint-enable no-control-regex */
const HTML: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** One line of text that cannot move the cursor, change colours or turn its direction. */
export function plain(text: string): string {
  return text.replace(/[\r\n\t]+/g, ' ').replace(UNSAFE, '\ufffd');
}

/** For element content and double-quoted attributes, in HTML and in XML. */
export function markup(text: string): string {
  return plain(text)
    .replace(/[&<>"']/g, (character) => HTML[character]!)
    .replace(
      /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|[\ufffe\uffff]/g,
      '\ufffd',
    );
}

/** One CSV cell, quoted; a cell that a spreadsheet would run as a formula is marked as text. */
export function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = plain(value);
  const formula = /^[\s\ufffd]*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(text);
  return `"${formula ? "'" : ''}${text.replaceAll('"', '""')}"`;
}

/** One argument of a POSIX shell, quoted only where it must be. */
export function shellWord(text: string): string {
  const word = plain(text);
  return /^[A-Za-z0-9_@%+:,./-]+$/.test(word) && !word.startsWith('-')
    ? word
    : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Text that is printed as it is, line ends and our own colours kept: the last wall before the terminal. */
export function printable(text: string): string {
  return text.replace(KEPT_OR_UNSAFE, (found) => (KEPT.test(found) ? found : '\ufffd'));
}

/** JSON that steers no terminal either: what `JSON.stringify` leaves as it is becomes `\u…`. Means the same. */
export function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(
    UNSAFE_IN_JSON,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
