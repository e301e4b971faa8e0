import type { Report } from '#contract/report.ts';
import { totalSeconds } from '#reporters/headline.ts';
import { plain } from '#reporters/escape.ts';
import { bytes, count, duration, percent } from '#reporters/numbers.ts';
import { cut } from '#reporters/terminal/cells.ts';
import { box } from '#reporters/terminal/table.ts';
import { heading, labelled, paint, wrap, type Style } from '#reporters/terminal/style.ts';
import { depthMeaning, legacyText, nodeName, PHASE_TITLES, verdictTitle } from '#reporters/wording.ts';

export function jobLines(report: Report, style: Style): readonly string[] {
  const { jobs } = report;
  if (jobs === null) return [];
  return [
    heading('Import jobs', style),
    `  ${count(jobs.jobs)} jobs, ${count(jobs.files)} files, ${bytes(jobs.bytes)} in ${plain(jobs.folder)}`,
    `  ${count(jobs.inserted)} inserted, ${count(jobs.updated)} updated, ${count(jobs.failed)} refused`,
  ];
}

/** What the trial took for granted: at length what somebody changed; the defaults are only counted. */
export function assumptionLines(report: Report, style: Style): readonly string[] {
  const { assumptions } = report;
  if (assumptions.length === 0) return [];
  const changed = assumptions.filter((one) => !one.isDefault);
  return [
    heading('Assumptions', style),
    ...changed.flatMap((one) => [
      `${paint(style, 'yellow', '*')} ${cut(`${one.name} = ${one.value}`, style.width - 2)}`,
      ...wrap(one.effect, style.width - 4).map((line) => `    ${line}`),
    ]),
    ...wrap(
      defaultsSentence(assumptions.length - changed.length, changed.length, 'report.json'),
      style.width - 2,
    ).map((line) => paint(style, 'dim', `  ${line}`)),
  ];
}

/** One line instead of all the assumptions that nobody changed. */
export function defaultsSentence(defaults: number, changed: number, where: string): string {
  if (defaults === 0) return `None is at its default; ${where} has their effects.`;
  const which =
    changed === 0 ? `All ${count(defaults)}` : `${count(defaults)} ${defaults === 1 ? 'other' : 'others'}`;
  return `${which} at the default; "userferry assumptions" explains them, ${where} lists them.`;
}

export function trialLines(report: Report, style: Style): readonly string[] {
  const { trial } = report;
  const depth = depthMeaning(report);
  const checks = report.passwordChecks;
  return [
    heading('How it was found out', style),
    ...(depth === null ? [] : labelled('depth     ', depth, style, 2)),
    ...labelled('legacy    ', legacyText(trial.inputs), style, 2),
    ...labelled(
      'runtime   ',
      `Userferry ${trial.versions.userferry}, scripts on ${nodeName(trial.versions.scriptRuntime)}`,
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
    `${verdictTitle(report).toUpperCase()}  trial ${report.trial.id}  ${duration(totalSeconds(report))}`,
    ...report.counts.map((phase) => {
      const name = several ? `${PHASE_TITLES[phase.phase]}: ` : '';
      return `${name}${count(phase.ok)} of ${count(phase.expected)} ok (${percent(phase.ok, phase.expected)}), ${count(phase.failed)} failed, ${count(phase.skipped)} skipped`;
    }),
    `${count(report.causes.length)} ${report.causes.length === 1 ? 'cause' : 'causes'}, ${count(warnings)} ${warnings === 1 ? 'kind' : 'kinds'} of warnings`,
  ];
  return box(lines, style, colour);
}
