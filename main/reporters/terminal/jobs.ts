import type { z } from 'zod';
import type { ImportedFile, Job, jobs } from '#contract/jobs.ts';
import { plain } from '#reporters/escape.ts';
import { bytes, count, duration } from '#reporters/numbers.ts';
import { heading, labelled, paint, type Style } from '#reporters/terminal/style.ts';
import { table } from '#reporters/terminal/table.ts';

type Output<Name extends keyof typeof jobs> = z.infer<
  NonNullable<(typeof jobs)[Name]['~orpc']['outputSchema']>
>;
type Finding = Job['findings'][number];

/** What became of each file, then where to look further. */
export function importedText(result: Output<'import'>, style: Style): string {
  const blocks = result.files.map((file) => [...fileLines(file, style), '']);
  const shown = plain(result.trial);
  const next = [
    `userferry jobs list --trial ${shown}`,
    ...result.files.flatMap((file) =>
      file.kind === 'job' && (file.job.summary?.failed ?? 0) > 0
        ? [`userferry jobs errors ${file.job.id} --trial ${shown}`]
        : [],
    ),
  ].slice(0, 4);
  return `${[...blocks.flat(), 'Next:', ...next.map((line) => `  ${paint(style, 'cyan', line)}`)].join('\n')}\n`;
}

function fileLines(file: ImportedFile, style: Style): readonly string[] {
  if (file.kind === 'refused') {
    const { statusCode, message } = file.refusal;
    return [
      heading(plain(file.source), style),
      ...labelled('refused  ', `${statusCode} ${message}`, style, 2, ['red']),
      ...findingLines(file.findings, style),
    ];
  }
  const waited = file.waitedSeconds > 0 ? `, after waiting ${duration(file.waitedSeconds)}` : '';
  return [
    heading(plain(file.source), style),
    ...statusLines(file, style),
    ...labelled('time    ', `${duration(file.seconds)} in the tenant${waited} (simulated)`, style, 2),
    ...findingLines(file.findings, style),
  ];
}

function statusLines({ job }: Job, style: Style): readonly string[] {
  const { summary } = job;
  const colour = job.status === 'failed' ? 'red' : (summary?.failed ?? 0) > 0 ? 'yellow' : 'green';
  const details = job.status_details === undefined ? '' : `: ${plain(job.status_details)}`;
  const numbers =
    summary === undefined
      ? 'no summary'
      : `${count(summary.total)} records: ${count(summary.inserted)} inserted, ${count(summary.updated)} updated, ${count(summary.failed)} failed`;
  return [
    `  ${paint(style, colour, job.status)}${details}  ${paint(style, 'dim', job.id)}`,
    ...labelled('summary ', numbers, style, 2),
  ];
}

function findingLines(findings: readonly Finding[], style: Style): readonly string[] {
  return findings.flatMap((one) => {
    const where = one.index === null ? '' : `, first in record ${one.index}`;
    const many = one.users === 0 ? '' : `${count(one.users)} × `;
    const detail = one.detail === '' ? '' : ` (${one.detail}${where})`;
    const colour = one.severity === 'error' ? 'red' : one.severity === 'warning' ? 'yellow' : 'cyan';
    return [
      ...labelled(`${one.severity.padEnd(7)} `, `${many}${one.title}${detail}`, style, 2, [colour]),
      ...labelled(' '.repeat(8), one.fix, style, 2),
    ];
  });
}

export function jobsText(trial: string, list: readonly Job[], style: Style): string {
  if (list.length === 0) return `Trial ${plain(trial)} has no import job.\n`;
  return `${table(
    [
      { title: 'job', align: 'left' },
      { title: 'status', align: 'left' },
      { title: 'records', align: 'right' },
      { title: 'inserted', align: 'right' },
      { title: 'updated', align: 'right' },
      { title: 'failed', align: 'right' },
      { title: 'size', align: 'right' },
      { title: 'time', align: 'right' },
      { title: 'file', align: 'left', flexible: true },
    ],
    list.map(({ job, bytes: size, seconds, file }) => {
      const { summary } = job;
      const numbers =
        summary === undefined
          ? ['', '', '', '']
          : [summary.total, summary.inserted, summary.updated, summary.failed].map(count);
      return [job.id, job.status, ...numbers, bytes(size), duration(seconds), file];
    }),
    style,
    0,
  ).join('\n')}\n`;
}

export function jobText(one: Job, style: Style): string {
  const { job } = one;
  const facts: (readonly [string, string])[] = [
    ['file', `${one.file}, ${bytes(one.bytes)}`],
    ['connection', `${job.connection} (${job.connection_id})`],
    ['upsert', job.upsert ? 'yes' : 'no'],
    ...(job.external_id === undefined ? [] : ([['external id', job.external_id]] as const)),
    ['created', job.created_at],
    ['ended', `${one.endedAt}, after ${duration(one.seconds)} (simulated)`],
    ['kept', `for ever here; by the tenant until ${one.tenantKeepsUntil}`],
  ];
  return `${[
    ...statusLines(one, style),
    ...facts.flatMap(([name, text]) => labelled(`${name.padEnd(12)} `, text, style, 2)),
    ...findingLines(one.findings, style),
  ].join('\n')}\n`;
}

export function errorsText(result: Output<'errors'>, style: Style): string {
  if (result.status === 204) return 'The tenant answers 204: there are no errors to show for this job.\n';
  const blocks = result.body.map(({ user, errors }) => [
    ...errors.flatMap(({ code, message }) => labelled(`${code}  `, message, style, 0, ['red'])),
    ...labelled('user  ', JSON.stringify(user), style, 2),
  ]);
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}
