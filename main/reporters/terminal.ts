import type { Report } from '#contract/report.ts';
import { caveats, headline } from '#reporters/headline.ts';
import { causeLines, clashLines, findingLines } from '#reporters/terminal/causes.ts';
import { countLines, coverageLines } from '#reporters/terminal/coverage.ts';
import { assumptionLines, closingBox, jobLines, trialLines } from '#reporters/terminal/summary.ts';
import { paint, wrap, type Style } from '#reporters/terminal/style.ts';
import { capital } from '#contract/capital.ts';
import { kindTitle, orderSentence } from '#reporters/wording.ts';
import { plain } from '#reporters/escape.ts';

/** The report for a terminal of `width` columns. Ends with a line break; nothing in it can steer the terminal. */
export function terminalReport(report: Report, options: Partial<Style> = {}): string {
  const style: Style = {
    width: Math.min(120, Math.max(64, options.width ?? 80)),
    colour: options.colour ?? false,
  };
  const title = `${kindTitle(report)} of ${plain(report.trial.project)}`;
  const order = orderSentence(report);
  const sections: readonly (readonly string[])[] = [
    [paint(style, 'bold', title), paint(style, 'dim', `trial ${report.trial.id}`)],
    [
      ...(order === null ? [] : wrap(order, style.width)),
      ...headline(report).flatMap((sentence) => wrap(capital(sentence), style.width)),
      ...caveats(report)
        .flatMap((sentence) => wrap(sentence, style.width))
        .map((line) => paint(style, 'yellow', line)),
    ],
    countLines(report, style),
    causeLines(report, style),
    clashLines(report, style),
    findingLines(report, style),
    coverageLines(report, style),
    jobLines(report, style),
    assumptionLines(report, style),
    trialLines(report, style),
    closingBox(report, style),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}
