import { cohortValue } from '#contract/cohort-words.ts';
import type { Report } from '#contract/report.ts';
import { plain } from '#reporters/escape.ts';
import { caveats, headline } from '#reporters/headline.ts';
import { count, duration, percent, users } from '#reporters/numbers.ts';
import { capital } from '#contract/capital.ts';
import {
  COVERAGE_TITLES,
  depthMeaning,
  kindTitle,
  legacyText,
  nodeName,
  orderedRows,
  orderSentence,
  otherFindings,
  PHASE_TITLES,
  rankedCauses,
  verdictTitle,
} from '#reporters/wording.ts';
import { groupSamples } from '#reporters/try-command.ts';

/** The report as Markdown, for tickets, merge requests and wikis: tables as GitHub and GitLab read them. */
export function markdownReport(report: Report): string {
  const order = orderSentence(report);
  const depth = depthMeaning(report);
  const sections = [
    `# ${text(`${kindTitle(report)} of ${report.trial.project}`)}`,
    `**${text(verdictTitle(report))}** · trial \`${report.trial.id}\``,
    ...[...headline(report), ...(order === null ? [] : [order])].map((sentence) => text(capital(sentence))),
    ...(depth === null ? [] : [text(`Depth: ${depth}.`)]),
    ...caveats(report).map((sentence) => `> ${text(sentence)}`),
    countsTable(report),
    causesPart(report),
    clashesPart(report),
    findingsPart(report),
    coveragePart(report),
    assumptionsPart(report),
    evidencePart(report),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function countsTable({ counts }: Report): string {
  if (counts.length === 0) return '';
  return table(
    ['Phase', 'Expected', 'Done', 'Ok', 'Failed', 'Skipped'],
    counts.map((one) => [
      PHASE_TITLES[one.phase],
      ...[one.expected, one.done, one.ok, one.failed, one.skipped].map(count),
    ]),
    [1, 2, 3, 4, 5],
  );
}

function causesPart(report: Report): string {
  const causes = rankedCauses(report);
  if (causes.length === 0) return '';
  const parts = causes.map((cause) => {
    const phase = report.counts.length > 1 ? `, ${PHASE_TITLES[cause.phase].toLowerCase()}` : '';
    return [
      `### ${text(capital(cause.title))}`,
      `${users(cause.users)} ${cause.status}${phase} · \`${cause.code}\``,
      text(cause.meaning),
      `**Fix:** ${text(cause.fix)}`,
      sampleList(cause.samples),
    ]
      .filter((part) => part !== '')
      .join('\n\n');
  });
  return ['## What breaks, and how to mend it', ...parts].join('\n\n');
}

function sampleList(samples: Report['causes'][number]['samples']): string {
  return groupSamples(samples)
    .map(({ names, detail, line }) => {
      const about = detail === '' ? '' : ` – ${text(detail)}`;
      return `- ${names.map(text).join(', ')}${about}${line === null ? '' : ` (script line ${line})`}`;
    })
    .join('\n');
}

function clashesPart({ clashes }: Report): string {
  if (clashes.length === 0) return '';
  const rows = clashes.map((clash) => [count(clash.users), capital(clash.title), clash.code]);
  return `## Clashes between the phases\n\n${table(['Users', 'Clash', 'Code'], rows, [0])}`;
}

function findingsPart(report: Report): string {
  const findings = otherFindings(report);
  if (findings.length === 0) return '';
  const rows = findings.map((one) => [count(one.users), one.severity, capital(one.title), one.fix]);
  return `## Worth knowing before the day\n\n${table(['Users', 'Severity', 'Finding', 'What to do'], rows, [0])}`;
}

function coveragePart({ coverage, counts }: Report): string {
  const parts = coverage
    .filter(({ rows }) => rows.length > 0)
    .map((one) => {
      const phase = counts.length > 1 ? `${PHASE_TITLES[one.phase]}: ` : '';
      const rows = orderedRows(one).map((row) => [
        cohortValue(one.by, row.value),
        ...[row.total, row.ok, row.failed, row.skipped].map(count),
        percent(row.ok, row.total),
      ]);
      const head = [COVERAGE_TITLES[one.by], 'Users', 'Ok', 'Failed', 'Skipped', 'Share ok'];
      return `### ${phase}${COVERAGE_TITLES[one.by].toLowerCase()}\n\n${table(head, rows, [1, 2, 3, 4, 5])}`;
    });
  return parts.length === 0 ? '' : ['## Coverage', ...parts].join('\n\n');
}

function assumptionsPart({ assumptions }: Report): string {
  const rows = assumptions.map((one) => [
    one.name,
    one.isDefault ? one.value : `${one.value} (changed)`,
    one.effect,
  ]);
  if (rows.length === 0) return '';
  return `## What was taken for granted\n\n${table(['Assumption', 'Value', 'Effect'], rows, [])}`;
}

function evidencePart({ trial, passwordChecks, counts }: Report): string {
  const { inputs, versions } = trial;
  const rows = [
    ['Started', trial.createdAt],
    ['Legacy store', legacyText(inputs)],
    ['Phases', counts.map((phase) => `${phase.phase} ${duration(phase.seconds)}`).join(', ')],
    ['Password checks', `${count(passwordChecks.truly)} computed, ${count(passwordChecks.assumed)} assumed`],
    ['Versions', `Userferry ${versions.userferry}, scripts on ${nodeName(versions.scriptRuntime)}`],
    ['Settings', `sha-256 ${inputs.settings}`],
    ...Object.entries(inputs.scripts).map(([slot, sum]) => [`Script ${slot}`, `sha-256 ${sum}`]),
  ];
  return `## How it was found out\n\n${table(['What', 'Value'], rows, [])}`;
}

function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  numbers: readonly number[],
): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(text).join(' | ')} |`;
  const rule = head.map((_, index) => (numbers.includes(index) ? '---:' : '---'));
  return [line(head), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}

/** Data cannot become structure: neither Markdown nor the HTML that renderers let through. */
function text(value: string): string {
  return plain(value)
    .replace(/[\\`*_{}[\]<>#|~@]/g, (sign) => `\\${sign}`)
    .replaceAll('&', '&amp;')
    .replace(/^(\s*)([-+=]|\d+\.)/, '$1\\$2');
}
