import type { Report } from '#contract/report.ts';

/** The report as its versioned schema in `contract/report.ts` says, one document with a final line break. */
export function jsonReport(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
