import { Table, Text } from '@mantine/core';
import type { PlanResult } from '#contract/plan.ts';
import { formatMs, formatShare } from '#renderer/components/format.ts';
import { Panel } from '#renderer/components/panel.tsx';
import classes from '#renderer/features/plan/plan.module.css';
import { Sourced } from '#renderer/features/plan/sourced.tsx';

type Peak = NonNullable<PlanResult['peak']>;

const KINDS = {
  mean: 'a run as long as the mean of the trial',
  slow: 'a run as long as the slow ones (1 in 20 takes longer)',
  limit: 'every run stopped at its time limit',
} as const;

/** Scripts in flight at the peak, against what the tenant allows. */
export function PeakPanel({ peak }: { readonly peak: Peak }) {
  return (
    <Panel
      title="Scripts at once, at the peak"
      lead={
        <span>
          Busiest hour {peak.hour.at}: <Sourced figure={peak.hour.logins} /> logins; the tenant allows{' '}
          <Sourced figure={peak.limit} /> at once.
        </span>
      }
      flush
    >
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>If each login is</Table.Th>
            <Table.Th className={classes.right ?? ''}>Takes</Table.Th>
            <Table.Th className={classes.right ?? ''}>In flight, mean</Table.Th>
            <Table.Th className={classes.right ?? ''}>Seldom more than</Table.Th>
            <Table.Th className={classes.right ?? ''}>Of the limit</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {peak.durations.map((one) => (
            <Table.Tr key={one.kind}>
              <Table.Td>{KINDS[one.kind]}</Table.Td>
              <Table.Td className={classes.right ?? ''}>
                <Sourced figure={one.milliseconds} format={formatMs} />
              </Table.Td>
              <Table.Td className={classes.right ?? ''}>{one.mean.toFixed(1)}</Table.Td>
              <Table.Td className={classes.right ?? ''}>{one.most}</Table.Td>
              <Table.Td className={classes.right ?? ''}>
                <span className={one.over ? classes.bad : ''}>
                  {formatShare(one.share, 1)}
                  {one.over && ': over the limit'}
                </span>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="xs" c="dimmed" p="sm">
        Runs may take <Sourced figure={peak.roomMilliseconds} format={formatMs} /> on average before the limit
        is reached.
      </Text>
    </Panel>
  );
}
