import { cohortValue } from '#contract/cohort-words.ts';
import type { Report } from '#contract/report.ts';
import { markup } from '#reporters/escape.ts';
import { svgBar } from '#reporters/html/bar.ts';
import { count, percent } from '#reporters/numbers.ts';
import { COVERAGE_TITLES, orderedRows, PHASE_TITLES } from '#reporters/wording.ts';

type Coverage = Report['coverage'][number];

/** Who gets across, split by what the users have in common. */
export function coverageSection(report: Report): string {
  const tables = report.coverage.filter((coverage) => coverage.rows.length > 0);
  if (tables.length === 0) return '';
  return [
    '<section aria-labelledby="coverage"><h2 id="coverage">Who gets across</h2>',
    '<p class="soft">The same users, split by what they have in common. A bar shows the split within its row; for states, their share of all.</p>',
    '<div class="columns">',
    ...tables.map((coverage) => coverageTable(coverage, report.counts.length > 1)),
    '</div></section>',
  ].join('\n');
}

function coverageTable(coverage: Coverage, several: boolean): string {
  const title = several
    ? `${PHASE_TITLES[coverage.phase]}: ${COVERAGE_TITLES[coverage.by].toLowerCase()}`
    : COVERAGE_TITLES[coverage.by];
  // A state decides by itself whether its users are ok, so its bar shows how many they are instead.
  const states = coverage.by === 'state';
  const everybody = coverage.rows.reduce((sum, row) => sum + row.total, 0);
  const rows = orderedRows(coverage).map((row) => {
    const bar = svgBar(row, states ? everybody : row.total);
    const share = states ? percent(row.total, everybody) : percent(row.ok, row.total);
    return `<tr><th scope="row">${markup(cohortValue(coverage.by, row.value))}</th><td class="graph">${bar}</td><td class="number">${count(row.total)}</td><td class="number">${share}</td></tr>`;
  });
  return `<div class="card"><table class="coverage"><caption>${title}</caption><thead><tr><th scope="col" class="name">Value</th><th scope="col">Outcome</th><th scope="col" class="number figure">Users</th><th scope="col" class="number figure">${states ? 'Share' : 'Ok'}</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}
