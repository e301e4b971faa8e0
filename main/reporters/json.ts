import type { Report } from '#contract/report.ts';
import { jsonText } from '#reporters/escape.ts';

/** The report as its versioned schema in `contract/report.ts` says, one document with a final line break. */
export function jsonReport(report: Report): string {
  return `${jsonText(report, 2)}\n`;
}
