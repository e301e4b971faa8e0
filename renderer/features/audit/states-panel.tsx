import { Table, Text, UnstyledButton } from '@mantine/core';
import type { AuditResult } from '#contract/audit.ts';
import { formatCount, formatShare } from '#renderer/components/format.ts';
import { Panel } from '#renderer/components/panel.tsx';
import { capital } from '#contract/capital.ts';
import { SeverityBadge } from '#renderer/components/severity-badge.tsx';
import { STATE_NAMES } from '#renderer/features/audit/state-names.ts';
import classes from '#renderer/features/audit/audit.module.css';
import { inApp } from '#renderer/words/in-app.ts';

interface StatesPanelProps {
  readonly result: AuditResult;
  readonly picked: readonly string[];
  /** Lists the people in a state. */
  readonly onPick: (state: string) => void;
}

/** Where everybody stands. The legacy states add up to the legacy users. */
export function StatesPanel({ result, picked, onPick }: StatesPanelProps) {
  const most = Math.max(1, ...result.states.map((group) => group.users));
  return (
    <Panel title="Where everybody stands" flush>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={200}>State</Table.Th>
            <Table.Th>Why</Table.Th>
            <Table.Th w={220}>Share</Table.Th>
            <Table.Th w={110} className={classes.right ?? ''}>
              People
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {result.states.map((group) => (
            <Table.Tr key={group.state + (group.code ?? '')}>
              <Table.Td>
                <UnstyledButton
                  className={classes.state ?? ''}
                  aria-pressed={picked.includes(group.state)}
                  onClick={() => onPick(group.state)}
                >
                  {STATE_NAMES[group.state]}
                </UnstyledButton>
              </Table.Td>
              <Table.Td>
                <span className={classes.why}>
                  {group.severity !== null && <SeverityBadge severity={group.severity} compact />}
                  {capital(group.title)}
                </span>
                {group.fix !== null && (
                  <Text size="xs" c="dimmed">
                    {inApp(group.fix)}
                  </Text>
                )}
              </Table.Td>
              <Table.Td>
                <div className={classes.track} aria-hidden>
                  <span data-state={group.state} style={{ width: `${(100 * group.users) / most}%` }} />
                </div>
                <Text size="xs" c="dimmed">
                  {formatShare(group.users, result.legacy.users)}
                </Text>
              </Table.Td>
              <Table.Td className={classes.right ?? ''}>{formatCount(group.users)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  );
}
