import type { Report } from '#contract/report.ts';
import { totalSeconds } from '#reporters/headline.ts';
import { plain } from '#reporters/escape.ts';
import { bytes, count, duration, percent } from '#reporters/numbers.ts';
import { box } from '#reporters/terminal/table.ts';
import { heading, labelled, paint, wrap, type Style } from '#reporters/terminal/style.ts';
import { depthMeaning, PHASE_TITLES, VERDICTS } from '#reporters/wording.ts';

export function jobLines(report: Report, style: Style): readonly string[] {
  const { jobs } = report;
  if (jobs === null) return [];
  return [
    heading('Import jobs', style),
    `  ${count(jobs.jobs)} jobs, ${count(jobs.files)} files, ${bytes(jobs.bytes)} in ${plain(jobs.folder)}`,
    `  ${count(jobs.inserted)} inserted, ${count(jobs.updated)} updated, ${count(jobs.failed)} refused`,
  ];
}

/** Every report names what it took for granted; values that somebody changed come first. */
export function assumptionLines(report: Report, style: Style): readonly string[] {
  if (report.assumptions.length === 0) return [];
  const ordered = [...report.assumptions].sort((a, b) => Number(a.isDefault) - Number(b.isDefault));
  return [
    heading('Assumptions in force', style),
    ...ordered.flatMap((one) => [
      `${paint(style, 'yellow', one.isDefault ? ' ' : '*')} ${plain(one.name)} = ${plain(one.value)}`,
      ...wrap(one.effect, style.width - 4).map((line) => paint(style, 'dim', `    ${line}`)),
    ]),
    ...(ordered.some((one) => !one.isDefault)
      ? [paint(style, 'dim', '  * changed from its default in userferry.json')]
      : []),
  ];
}

export function trialLines(report: Report, style: Style): readonly string[] {
  const { trial } = report;
  const depth = depthMeaning(report);
  const checks = report.passwordChecks;
  return [
    heading('How it was found out', style),
    ...(depth === null ? [] : labelled('depth     ', depth, style, 2)),
    ...labelled(
      'legacy    ',
      `${trial.inputs.legacyEngine} ${trial.inputs.legacyVersion}; ${trial.inputs.legacyReadOnly}`,
      style,
      2,
    ),
    ...labelled(
      'runtime   ',
      `Userferry ${trial.versions.userferry}, scripts on ${trial.versions.scriptRuntime}`,
      style,
      2,
    ),
    ...(checks.truly + checks.assumed === 0
      ? []
      : labelled(
          'passwords ',
          `${count(checks.truly)} checks computed, ${count(checks.assumed)} assumed`,
          style,
          2,
        )),
    ...labelled(
      'personal  ',
      report.personalData === 'shown' ? 'personal data is shown' : 'personal data is masked',
      style,
      2,
    ),
  ];
}

/** The last thing on the screen: status, what became of the users, time. */
export function closingBox(report: Report, style: Style): readonly string[] {
  const colour = report.verdict === 'clean' ? 'green' : report.verdict === 'findings' ? 'red' : 'yellow';
  const several = report.counts.length > 1;
  const warnings = report.findings.filter((finding) => finding.severity === 'warning').length;
  const lines = [
    `${VERDICTS[report.verdict].toUpperCase()}  trial ${report.trial.id}  ${duration(totalSeconds(report))}`,
    ...report.counts.map((phase) => {
      const name = several ? `${PHASE_TITLES[phase.phase]}: ` : '';
      return `${name}${count(phase.ok)} of ${count(phase.expected)} ok (${percent(phase.ok, phase.expected)}), ${count(phase.failed)} failed, ${count(phase.skipped)} skipped`;
    }),
    `${count(report.causes.length)} ${report.causes.length === 1 ? 'cause' : 'causes'}, ${count(warnings)} ${warnings === 1 ? 'warning' : 'warnings'}`,
  ];
  return box(lines, style, colour);
}
