import type { Leftover } from '#contract/plan.ts';

const COLUMNS = ['need', 'code', 'key', 'legacy_id', 'email', 'hash_format', 'last_login'] as const;

/** The leftover list as CSV (RFC 4180); cells that a spreadsheet would run are made text by a quote in front. */
export function leftoversCsv(people: readonly Leftover[]): string {
  const lines = people.map((one) =>
    [one.need, one.code, one.key.join(' '), one.legacyId, one.email, one.hashFormat, one.lastLogin]
      .map(cell)
      .join(','),
  );
  return [COLUMNS.join(','), ...lines, ''].join('\r\n');
}

function cell(value: string | null): string {
  if (value === null) return '';
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
