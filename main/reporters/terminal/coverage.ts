import { cohortValue } from '#contract/cohort-words.ts';
import type { Report } from '#contract/report.ts';
import { remaining } from '#reporters/headline.ts';
import { count, duration, percent } from '#reporters/numbers.ts';
import { bar, table } from '#reporters/terminal/table.ts';
import { cut, padEnd, padStart } from '#reporters/terminal/cells.ts';
import { heading, paint, type Style } from '#reporters/terminal/style.ts';
import { COVERAGE_TITLES, orderedRows, PHASE_TITLES } from '#reporters/wording.ts';

const LABEL = 27;
const FIGURES = 11;
/** The five counts of every phase, with what is left where a trial has not finished. */
export function countLines(report: Report, style: Style): readonly string[] {
  if (report.counts.length === 0) return [];
  const names = ['expected', 'done', 'ok', 'failed', 'skipped'] as const;
  const rows = report.counts.map((phase) => [
    PHASE_TITLES[phase.phase],
    ...names.map((name) => count(phase[name])),
  ]);
  const columns = names.map((title) => ({ title, align: 'right' }) as const);
  const times = report.counts.map(
    (phase) => `${PHASE_TITLES[phase.phase].toLowerCase()} ${duration(phase.seconds)}`,
  );
  const left = report.counts
    .filter((phase) => remaining(phase) > 0)
    .map((phase) => `  ${PHASE_TITLES[phase.phase]}: ${count(remaining(phase))} not tried yet`);
  return [
    heading('Counts', style),
    ...table([{ title: '', align: 'left' }, ...columns], rows, style),
    ...left.map((line) => paint(style, 'yellow', line)),
    paint(style, 'dim', `  time: ${times.join(', ')}`),
  ];
}

/** One small table with bars per cohort. A bar shows the split within its row; for states, their share of all. */
export function coverageLines(report: Report, style: Style): readonly string[] {
  const tables = report.coverage.filter((coverage) => coverage.rows.length > 0);
  if (tables.length === 0) return [];
  const width = style.width - LABEL - 2 - 2 * FIGURES;
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
    for (const row of orderedRows(coverage)) {
      const label = padEnd(cut(cohortValue(coverage.by, row.value), LABEL - 1), LABEL);
      const graph = bar(row, states ? everybody : row.total, width, style);
      const share = states ? percent(row.total, everybody) : percent(row.ok, row.total);
      lines.push(`  ${label}${graph}${padStart(count(row.total), FIGURES)}${padStart(share, FIGURES)}`);
    }
  }
  return lines;
}
