import type { Outcome } from '#renderer/features/report/users/use-users.ts';

type Cell = string | number | null;

export const HEAD = line(['position', 'key', 'legacy id', 'phase', 'status', 'cause', 'state', 'findings']);

/** One user as a line of the sheet. */
export function rowOf({ position, key, legacyId, phase, status, cause, state, findings }: Outcome): string {
  const codes = findings.map(({ code }) => code).join(' ');
  return line([position, key.join('/'), legacyId, phase, status, cause, state, codes]);
}

function line(cells: readonly Cell[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

/** Quoted; what a spreadsheet would run as a formula is marked as text. */
function cell(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = value.replace(/[\p{Cc}\p{Cf}]/gu, ' ');
  return `"${/^\s*[=+\-@＝＋－＠]/.test(text) ? "'" : ''}${text.replaceAll('"', '""')}"`;
}
