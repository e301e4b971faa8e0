import { Table } from '@mantine/core';
import type { Report } from '#contract/report.ts';
import { Facts } from '#renderer/components/facts.tsx';
import { formatBytes, formatCount } from '#renderer/components/format.ts';
import { Panel } from '#renderer/components/panel.tsx';
import { LOG_TYPES } from '#renderer/features/report/page/log-types.ts';

/** What the tenant would show afterwards: its jobs and its log. */
export function UserStore({ report }: { readonly report: Report }) {
  const { jobs, tenantLog, passwordChecks } = report;
  return (
    <>
      {jobs !== null && (
        <Panel title="Import jobs">
          <Facts
            facts={[
              { name: 'Jobs', value: formatCount(jobs.jobs) },
              {
                name: 'Files',
                value: `${formatCount(jobs.files)}, ${formatBytes(jobs.bytes)}, in ${jobs.folder}`,
              },
              { name: 'Inserted', value: formatCount(jobs.inserted) },
              { name: 'Updated', value: formatCount(jobs.updated) },
              { name: 'Refused', value: formatCount(jobs.failed) },
            ]}
          />
        </Panel>
      )}
      {tenantLog.length > 0 && (
        <Panel title="Tenant log" lead="Entries that a tenant would have written" flush>
          <Table aria-label="Entries of the tenant log by type">
            <Table.Tbody>
              {tenantLog.map(({ log, count }) => (
                <Table.Tr key={log}>
                  <Table.Th scope="row" w={80} className="uf-mono">
                    {log}
                  </Table.Th>
                  <Table.Td>{LOG_TYPES[log] ?? ''}</Table.Td>
                  <Table.Td ta="right" className="uf-number">
                    {formatCount(count)}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Panel>
      )}
      {passwordChecks.truly + passwordChecks.assumed > 0 && (
        <Panel title="Password checks">
          <Facts
            facts={[
              { name: 'Truly computed', value: formatCount(passwordChecks.truly) },
              { name: 'Answered by the rehearsal', value: formatCount(passwordChecks.assumed) },
            ]}
          />
        </Panel>
      )}
    </>
  );
}
