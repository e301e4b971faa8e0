import type { Report } from '#contract/report.ts';
import { remaining } from '#reporters/headline.ts';
import { count, duration, percent } from '#reporters/numbers.ts';
import { bar } from '#reporters/terminal/table.ts';
import { cut, heading, padEnd, padStart, paint, type Style } from '#reporters/terminal/style.ts';
import { COVERAGE_TITLES, PHASE_TITLES, valueLabel } from '#reporters/wording.ts';

const LABEL = 27;
const FIGURES = 11;

/** The five counts of every phase, with what is left where a trial has not finished. */
export function countLines(report: Report, style: Style): readonly string[] {
  if (report.counts.length === 0) return [];
  const lines = [heading('Counts', style)];
  const title = padEnd('', LABEL - 2);
  const names = ['expected', 'done', 'ok', 'failed', 'skipped'] as const;
  lines.push(paint(style, 'dim', `  ${title}${names.map((name) => padStart(name, FIGURES - 2)).join('')}`));
  for (const phase of report.counts) {
    const figures = names.map((name) => padStart(count(phase[name]), FIGURES - 2)).join('');
    lines.push(`  ${padEnd(PHASE_TITLES[phase.phase], LABEL - 2)}${figures}`);
    const left = remaining(phase);
    if (left > 0) {
      lines.push(paint(style, 'yellow', `  ${padEnd('', LABEL - 2)}${count(left)} not tried yet`));
    }
  }
  const times = report.counts.map((phase) => `${PHASE_TITLES[phase.phase].toLowerCase()} ${duration(phase.seconds)}`);
  lines.push(paint(style, 'dim', `  time: ${times.join(', ')}`));
  return lines;
}

/** One small table with bars per cohort. A bar shows the split within its row; for states, their share of all. */
export function coverageLines(report: Report, style: Style): readonly string[] {
  const tables = report.coverage.filter((coverage) => coverage.rows.length > 0);
  if (tables.length === 0) return [];
  const width = Math.max(10, style.width - LABEL - 2 - 2 * FIGURES - 2);
  const lines = [
    heading('Coverage', style),
    `  ${paint(style, 'green', '█')} ok  ${paint(style, 'red', '▒')} failed  ${paint(style, 'yellow', '·')} skipped`,
  ];
  for (const coverage of tables) {
    const several = report.counts.length > 1 ? `${PHASE_TITLES[coverage.phase]}: ` : '';
    const header = `  ${padEnd(cut(`${several}${COVERAGE_TITLES[coverage.by]}`, LABEL + width - 1), LABEL + width)}`;
    // A state decides by itself whether its users are ok, so its bar shows how many they are instead.
    const states = coverage.by === 'state';
    const everybody = coverage.rows.reduce((sum, row) => sum + row.total, 0);
    const figures = padStart('users', FIGURES) + padStart(states ? 'share' : 'ok', FIGURES);
    lines.push('', `${paint(style, 'bold', header)}${paint(style, 'dim', figures)}`);
    for (const row of coverage.rows) {
      const label = padEnd(cut(valueLabel(coverage.by, row.value), LABEL - 1), LABEL);
      const graph = bar(row, states ? everybody : row.total, width, style);
      const share = states ? percent(row.total, everybody) : percent(row.ok, row.total);
      lines.push(`  ${label}${graph}${padStart(count(row.total), FIGURES)}${padStart(share, FIGURES)}`);
    }
  }
  return lines;
}
