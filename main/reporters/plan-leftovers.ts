import type { Leftover } from '#contract/plan.ts';
import { csvCell } from '#reporters/escape.ts';

const COLUMNS = ['need', 'cause', 'key', 'legacy id', 'email', 'hash format', 'last login'] as const;

/** A sheet of people in need that is safe to open: no cell runs as a formula. */
export const LEFTOVERS_HEAD = row(COLUMNS);

export function leftoverRows(people: readonly Leftover[]): string {
  return people
    .map(({ need, code, key, legacyId, email, hashFormat, lastLogin }) =>
      row([need, code, key.join('/'), legacyId, email, hashFormat, lastLogin]),
    )
    .join('');
}

function row(cells: readonly (string | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}
