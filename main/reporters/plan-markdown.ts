import type { PlanResult } from '#contract/plan.ts';
import { plain } from '#reporters/escape.ts';
import { count, percent } from '#reporters/numbers.ts';
import type { Block } from '#reporters/plan-blocks.ts';
import { planSections } from '#reporters/plan-sections.ts';
import { planHeadline } from '#reporters/plan-wording.ts';

/** The plan as Markdown with tables, for a ticket or a wiki. */
export function planMarkdown(plan: PlanResult): string {
  const sections = planSections(plan).flatMap(({ title, blocks }) => [
    `## ${safe(title)}`,
    ...blocks.map(blockText),
  ]);
  return `${[`# Migration plan of ${safe(plan.project)}`, ...planHeadline(plan).map(safe), ...sections].join('\n\n')}\n`;
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'text':
      return safe(block.text);
    case 'facts':
      return rowsText(['', '', 'from'], block.rows);
    case 'table':
      return rowsText(
        block.columns.map(({ title, number }) => (number === true ? `${title}:` : title)),
        block.rows,
      );
    case 'items':
      return block.items
        .map(({ title, lines }) =>
          [
            `- **${safe(title)}**`,
            ...lines.map(([label, text]) => `  ${label === '' ? '' : `${label}: `}${safe(text)}`),
          ].join('  \n'),
        )
        .join('\n');
    case 'curve':
      return rowsText(
        ['day:', 'date', 'users:', 'share:', 'at least:', 'at most:'],
        block.points.map(({ day, date, expected, lower, upper }) => [
          count(day),
          date,
          count(expected),
          percent(expected, block.whole),
          count(lower),
          count(upper),
        ]),
      );
    default:
      return block satisfies never;
  }
}

/** A colon at the end of a heading sets the column to the right. */
function rowsText(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(headings.map((one) => safe(one.replace(/:$/, '')))),
    line(headings.map((one) => (one.endsWith(':') ? '---:' : '---'))),
    ...rows.map((row) => line(row.map(safe))),
  ].join('\n');
}

/** One line of text that is only text: no markup, no table cell of its own. */
function safe(text: string): string {
  return plain(text).replaceAll(/[\\`*_[\]<>|#~]/g, (character) => `\\${character}`);
}
