import type { Report } from '#contract/report.ts';
import { markup } from '#reporters/escape.ts';
import { causesSection, clashesSection, findingsSection } from '#reporters/html/causes.ts';
import { coverageSection } from '#reporters/html/coverage.ts';
import { assumptionsSection, evidenceSection, jobsSection } from '#reporters/html/evidence.ts';
import { STYLE } from '#reporters/html/style.ts';
import { answerSection, masthead } from '#reporters/html/summary.ts';
import { kindTitle } from '#reporters/wording.ts';

/**
 * The report as one page that needs nothing else: no script, no network, light and dark, printable. The answer
 * comes first, then what breaks and how to mend it, then the detail.
 */
export function htmlReport(report: Report): string {
  const title = `${kindTitle(report)} of ${report.trial.project}`;
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${markup(title)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    masthead(report),
    '<main>',
    answerSection(report),
    causesSection(report),
    clashesSection(report),
    findingsSection(report),
    coverageSection(report),
    jobsSection(report),
    assumptionsSection(report),
    evidenceSection(report),
    '</main>',
    `<footer>Made offline by Userferry ${markup(report.trial.versions.userferry)}. ${
      report.personalData === 'shown'
        ? 'This report shows personal data because that was asked for: treat it accordingly.'
        : 'Users are named by their keys in the legacy store; personal data is masked.'
    }</footer>`,
    '</body>',
    '</html>',
    '',
  ]
    .filter((part, index, all) => part !== '' || index === all.length - 1)
    .join('\n');
}
