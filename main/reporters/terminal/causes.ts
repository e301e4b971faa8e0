import type { Report } from '#contract/report.ts';
import { count, users } from '#reporters/numbers.ts';
import { table } from '#reporters/terminal/table.ts';
import { heading, labelled, paint, wrap, type Style } from '#reporters/terminal/style.ts';
import { groupSamples, tryCommand } from '#reporters/try-command.ts';
import {
  otherFindings,
  PHASE_TITLES,
  rankedCauses,
  type CauseGroup,
  type Sample,
} from '#reporters/wording.ts';

const SAMPLES = 5;

/** Failed and skipped users by cause, biggest first, each with the way out of it. */
export function causeLines(report: Report, style: Style): readonly string[] {
  if (report.causes.length === 0) return [];
  const several = report.counts.length > 1;
  return [
    heading('What breaks, by cause', style),
    ...rankedCauses(report).flatMap((cause, index) => [
      ...(index === 0 ? [] : ['']),
      ...oneCause(report, cause, several, style),
    ]),
  ];
}

function oneCause(report: Report, cause: CauseGroup, several: boolean, style: Style): readonly string[] {
  const colour = cause.status === 'failed' ? 'red' : 'yellow';
  const phase = several ? `, ${PHASE_TITLES[cause.phase].toLowerCase()}` : '';
  const first = cause.samples[0];
  const command = first === undefined ? null : tryCommand(report, cause.phase, first);
  return [
    ...labelled(`${cause.status === 'failed' ? '✗' : '○'} ${users(cause.users)}  `, cause.title, style, 0, [
      colour,
      'bold',
    ]),
    `    ${paint(style, 'dim', `${cause.code}, ${cause.status}${phase}`)}`,
    ...wrap(cause.meaning, style.width - 4).map((line) => `    ${line}`),
    ...labelled('fix    ', cause.fix, style, 4),
    ...sampleLines(cause.samples, style),
    ...(command === null ? [] : [`    ${paint(style, 'dim', 'try    ')}${paint(style, 'cyan', command)}`]),
  ];
}

function sampleLines(samples: readonly Sample[], style: Style): readonly string[] {
  return groupSamples(samples.slice(0, SAMPLES)).flatMap(({ names, detail, line }, index) => {
    const about = `${detail === '' ? '' : `: ${detail}`}${line === null ? '' : ` (script line ${line})`}`;
    return labelled(index === 0 ? 'users  ' : '       ', `${names.join(', ')}${about}`, style, 4);
  });
}

/** Mixed trials: users that one phase lost to the other. */
export function clashLines(report: Report, style: Style): readonly string[] {
  if (report.clashes.length === 0) return [];
  return [
    heading('Clashes between the phases', style),
    ...report.clashes.flatMap((clash) => [
      ...labelled(`${users(clash.users)}  `, clash.title, style, 0, ['yellow', 'bold']),
      `    ${paint(style, 'dim', clash.code)}`,
      ...sampleLines(clash.samples, style),
    ]),
  ];
}

/**
 * Findings by code, whatever became of the users that have them: errors and warnings one by one, notes in short.
 * They overlap, so they are not added up.
 */
export function findingLines(report: Report, style: Style): readonly string[] {
  const others = otherFindings(report);
  if (others.length === 0) return [];
  const loud = others.filter((finding) => finding.severity !== 'note');
  return [
    heading('Also found', style),
    ...(loud.length === 0 ? [] : findingTable(loud, report.counts.length > 1, style)),
    ...noteLines(
      others.filter((finding) => finding.severity === 'note'),
      style,
    ),
    ...wrap(
      'One user can have several. "userferry explain CODE" says what each means and what to do.',
      style.width - 2,
    ).map((line) => paint(style, 'dim', `  ${line}`)),
  ];
}

function findingTable(findings: Report['findings'], several: boolean, style: Style): readonly string[] {
  const phase = several ? [{ title: 'phase', align: 'left' } as const] : [];
  return table(
    [
      { title: 'users', align: 'right' },
      { title: 'severity', align: 'left' },
      ...phase,
      { title: 'code', align: 'left' },
      { title: 'finding', align: 'left', flexible: true },
    ],
    findings.map((one) => [
      count(one.users),
      one.severity,
      ...(several ? [one.phase] : []),
      one.code,
      one.title,
    ]),
    style,
  );
}

function noteLines(notes: Report['findings'], style: Style): readonly string[] {
  if (notes.length === 0) return [];
  return labelled('notes  ', notes.map((one) => `${one.code} ${count(one.users)}`).join(', '), style, 2);
}
