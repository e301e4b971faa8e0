import { Anchor, Table, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { Report } from '#contract/report.ts';
import { formatCount } from '#renderer/components/format.ts';
import { Panel } from '#renderer/components/panel.tsx';
import { SeverityBadge } from '#renderer/components/severity-badge.tsx';
import { capital } from '#contract/capital.ts';
import { usersLink } from '#renderer/features/report/links.ts';
import { otherFindings } from '#renderer/features/report/page/other-findings.ts';
import classes from '#renderer/features/report/page/report.module.css';
import { Samples } from '#renderer/features/report/page/samples.tsx';
import { inApp } from '#renderer/words/in-app.ts';

/** Found on users whatever became of them. They overlap, so they are not added up. */
export function Findings({ report }: { readonly report: Report }) {
  const findings = otherFindings(report);
  if (findings.length === 0) return null;
  const loud = findings.filter(({ severity }) => severity !== 'note');
  const notes = findings.filter(({ severity }) => severity === 'note');
  return (
    <Panel
      title="Worth knowing before the day"
      lead="Found on users whatever became of them; one user can have several"
      flush
    >
      {loud.length > 0 && <FindingTable report={report} label="Errors and warnings" findings={loud} />}
      {notes.length > 0 && (
        <details className={classes.notes}>
          <summary>
            {notes.length} {notes.length === 1 ? 'note' : 'notes'} that ask for nothing
          </summary>
          <FindingTable report={report} label="Notes" findings={notes} />
        </details>
      )}
    </Panel>
  );
}

interface FindingTableProps {
  readonly report: Report;
  readonly label: string;
  readonly findings: readonly Report['findings'][number][];
}

function FindingTable({ report, label, findings }: FindingTableProps) {
  return (
    <Table className={classes.findings ?? ''} aria-label={label}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={80} ta="right">
            Users
          </Table.Th>
          <Table.Th w={96}>Severity</Table.Th>
          <Table.Th>Finding and what to do</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {findings.map(({ phase, code, severity, title, fix, users }) => (
          <Table.Tr key={`${phase} ${code}`}>
            <Table.Td ta="right" className="uf-number">
              <Anchor
                component={Link}
                size="sm"
                href={usersLink(report.trial.id, { phase, finding: code })}
                aria-label={`Show the ${formatCount(users)} users with: ${title}`}
              >
                {formatCount(users)}
              </Anchor>
            </Table.Td>
            <Table.Td>
              <SeverityBadge severity={severity} />
            </Table.Td>
            <Table.Td>
              <Text size="sm" fw={540}>
                {capital(title)}
              </Text>
              <Text size="xs" c="dimmed">
                {inApp(fix)}
              </Text>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** Mixed trials: users that one phase lost to the other. */
export function Clashes({ report }: { readonly report: Report }) {
  const second = report.counts.at(-1)?.phase;
  if (report.clashes.length === 0 || second === undefined) return null;
  return (
    <Panel title="Clashes between the phases" lead="Users that the second phase refused because of the first">
      {report.clashes.map(({ code, title, users, samples }) => (
        <div key={code}>
          <Text size="sm">
            <Anchor
              component={Link}
              size="sm"
              underline="always"
              href={usersLink(report.trial.id, { phase: second, finding: code })}
            >
              {formatCount(users)} {users === 1 ? 'user' : 'users'}
            </Anchor>
            : {capital(title)}
          </Text>
          <Samples report={report} phase={second} samples={samples} />
        </div>
      ))}
    </Panel>
  );
}
