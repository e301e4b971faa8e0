import { Badge, Table, Text } from '@mantine/core';
import type { PlanResult } from '#contract/plan.ts';
import { formatBytes, formatDuration, formatRate } from '#renderer/components/format.ts';
import { Panel } from '#renderer/components/panel.tsx';
import classes from '#renderer/features/plan/plan.module.css';
import { Sourced } from '#renderer/features/plan/sourced.tsx';

/** Files, and how long each kind of tenant takes for them: two jobs at a time. */
export function ImportPanel({ plan }: { readonly plan: PlanResult }) {
  const { records, keptOut, files, bytes, largestFile, refused, withoutPassword, tiers } = plan.import;
  return (
    <Panel
      title="Bulk import"
      lead={
        <span>
          <Sourced figure={records} /> records in <Sourced figure={files} /> files (
          <Sourced figure={bytes} format={formatBytes} />, the largest{' '}
          <Sourced figure={largestFile} format={formatBytes} />
          ); kept out beforehand <Sourced figure={keptOut} />, refused by jobs <Sourced figure={refused} />,
          without a password <Sourced figure={withoutPassword} />
        </span>
      }
      flush
    >
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Kind of tenant</Table.Th>
            <Table.Th className={classes.right ?? ''}>Users a second</Table.Th>
            <Table.Th className={classes.right ?? ''}>Import takes</Table.Th>
            <Table.Th className={classes.right ?? ''}>Longest job</Table.Th>
            <Table.Th className={classes.right ?? ''}>Requests</Table.Th>
            <Table.Th className={classes.right ?? ''}>Scripts at once</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {tiers.map((tier) => (
            <Table.Tr key={tier.tier} data-chosen={tier.chosen} className={classes.tier ?? ''}>
              <Table.Th scope="row" fw={tier.chosen ? 620 : 450}>
                {tier.title} {tier.chosen && <Badge color="tide">this plan</Badge>}
              </Table.Th>
              <Table.Td className={classes.right ?? ''}>
                <Sourced figure={tier.usersPerSecond} format={formatRate} />
              </Table.Td>
              <Table.Td className={classes.right ?? ''}>
                <Sourced figure={tier.seconds} format={formatDuration} />
                {tier.stoppedJobs > 0 && (
                  <Text size="xs" className={classes.bad}>
                    {tier.stoppedJobs} jobs run into the time limit
                  </Text>
                )}
              </Table.Td>
              <Table.Td className={classes.right ?? ''}>
                <Sourced figure={tier.longestJobSeconds} format={formatDuration} />
              </Table.Td>
              <Table.Td className={classes.right ?? ''}>
                <Sourced figure={tier.requests} />
              </Table.Td>
              <Table.Td className={classes.right ?? ''}>
                <Sourced figure={tier.scriptsAtOnce} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  );
}
