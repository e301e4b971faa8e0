import type { Report, ReportFormat } from '#contract/report.ts';
import type { RenderedReport } from '#engine/ports/ports.ts';
import { findingsCsv } from '#reporters/csv.ts';
import { htmlReport } from '#reporters/html.ts';
import { jsonReport } from '#reporters/json.ts';
import { junitReport } from '#reporters/junit.ts';
import { markdownReport } from '#reporters/markdown.ts';

const WRITERS = {
  html: { extension: 'html', mediaType: 'text/html', write: htmlReport },
  markdown: { extension: 'md', mediaType: 'text/markdown', write: markdownReport },
  json: { extension: 'json', mediaType: 'application/json', write: jsonReport },
  csv: { extension: 'csv', mediaType: 'text/csv', write: findingsCsv },
  junit: { extension: 'xml', mediaType: 'application/xml', write: junitReport },
} as const satisfies Record<ReportFormat, object>;

/** The report in one of its formats. */
export function renderReport(report: Report, format: ReportFormat): RenderedReport {
  const { extension, mediaType, write } = WRITERS[format];
  return { extension, mediaType, text: write(report) };
}
