import { cohortValue } from '#contract/cohort-words.ts';
import type { TrialRecord } from '#contract/trial-record.ts';
import { formatMs } from '#renderer/components/format.ts';
import type { GridColumn } from '#renderer/components/grid/grid-column.ts';
import { OutcomeBadge } from '#renderer/components/outcome-badge.tsx';
import { capital } from '#contract/capital.ts';
import { keyText } from '#renderer/components/trial-words.ts';
import type { Outcome } from '#renderer/features/report/users/use-users.ts';

/** What the list shows of every user. */
export function columnsOf(
  titleOf: (code: string) => string,
  record: TrialRecord,
): readonly GridColumn<Outcome>[] {
  const text = (
    id: string,
    title: string,
    width: number,
    read: (row: Outcome) => string,
  ): GridColumn<Outcome> => ({
    id,
    title,
    width,
    text: read,
    render: (row) => <span title={read(row)}>{read(row)}</span>,
  });
  const bulk = record.options.kind === 'bulk';
  return [
    {
      id: 'key',
      title: 'Legacy key',
      width: 104,
      text: (row) => keyText(row.key),
      render: (row) => <span className="uf-mono">{keyText(row.key)}</span>,
    },
    {
      id: 'status',
      title: 'Outcome',
      width: 96,
      text: (row) => row.status,
      render: (row) => <OutcomeBadge status={row.status} />,
    },
    text('cause', 'Cause', 262, (row) => (row.cause === null ? '' : capital(titleOf(row.cause)))),
    text('findings', 'Findings', 80, (row) => (row.findings.length === 0 ? '' : String(row.findings.length))),
    text('state', 'State', 190, (row) => cohortValue('state', row.state)),
    text('hash', 'Password hash', 150, (row) => cohortValue('hashFormat', row.cohorts.hashFormat)),
    text('login', 'Last login', 160, (row) => cohortValue('lastLogin', row.cohorts.lastLogin)),
    text('domain', 'E-mail domain', 170, (row) => cohortValue('emailDomain', row.cohorts.emailDomain)),
    text('id', 'Id in the user store', 170, (row) => row.legacyId ?? ''),
    ...(bulk
      ? []
      : [{ ...text('ms', 'Took', 90, (row: Outcome) => formatMs(row.ms)), align: 'right' as const }]),
  ];
}
