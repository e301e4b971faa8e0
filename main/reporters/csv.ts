import type { Report } from '#contract/report.ts';
import { csvCell } from '#reporters/escape.ts';

type Cell = string | number | null;

function csv(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

/** Causes and findings as a sheet: one row per phase and code. Safe to open in a spreadsheet. */
export function findingsCsv(report: Report): string {
  return csv([
    ['phase', 'status', 'severity', 'code', 'title', 'users', 'fix', 'sample keys'],
    ...report.causes.map((one): readonly Cell[] => [
      one.phase,
      one.status,
      one.severity,
      one.code,
      one.title,
      one.users,
      one.fix,
      one.samples.map((sample) => sample.key.join('/')).join(' '),
    ]),
    ...report.findings.map((one): readonly Cell[] => [
      one.phase,
      'finding',
      one.severity,
      one.code,
      one.title,
      one.users,
      one.fix,
      one.samples.map((sample) => sample.key.join('/')).join(' '),
    ]),
  ]);
}
