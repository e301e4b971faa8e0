import { Anchor, Badge, Table, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { PlanResult, UsedTrial } from '#contract/plan.ts';
import { formatCount, useMoment } from '#renderer/components/format.ts';
import { Panel } from '#renderer/components/panel.tsx';
import classes from '#renderer/features/plan/plan.module.css';
import { useProject } from '#renderer/project/project-context.tsx';
import { projectPath } from '#renderer/project/routes.ts';

/** The trials that the plan rests on, and what became of every line of an access log. */
export function EvidencePanel({ plan }: { readonly plan: PlanResult }) {
  const { bulk, lazy, mixed } = plan.trials;
  const used = [bulk, lazy, ...mixed].filter((trial) => trial !== null);
  const missing = [bulk === null && 'bulk', lazy === null && 'lazy'].filter((kind) => kind !== false);
  return (
    <Panel title="What the plan rests on" flush>
      <Table>
        <Table.Tbody>
          {used.map((trial) => (
            <TrialRow key={trial.trial} trial={trial} />
          ))}
          {missing.map((kind) => (
            <Table.Tr key={kind}>
              <Table.Td w={260} className={classes.quiet ?? ''}>
                no finished {kind} trial
              </Table.Td>
              <Table.Td colSpan={3} className={classes.quiet ?? ''}>
                {kind === 'bulk'
                  ? 'Sizes are measured on the legacy rows; what jobs refuse is not known.'
                  : 'Whom the scripts refuse at the first login is not known.'}
              </Table.Td>
            </Table.Tr>
          ))}
          <Table.Tr>
            <Table.Td>legacy store</Table.Td>
            <Table.Td colSpan={3}>
              {formatCount(plan.legacy.rows)} rows: {formatCount(plan.legacy.users)} users,{' '}
              {formatCount(plan.legacy.unreadable)} unreadable, {formatCount(plan.legacy.withoutId)} without
              an id
            </Table.Td>
          </Table.Tr>
          {plan.accessLog !== null && <LogRow log={plan.accessLog} />}
        </Table.Tbody>
      </Table>
    </Panel>
  );
}

function TrialRow({ trial }: { readonly trial: UsedTrial }) {
  const moment = useMoment();
  const { folder } = useProject();
  return (
    <Table.Tr>
      <Table.Td w={260}>
        <Anchor
          component={Link}
          href={`~${projectPath(folder, 'report', trial.trial)}`}
          className="uf-mono"
          size="sm"
        >
          {trial.trial}
        </Anchor>
      </Table.Td>
      <Table.Td w={220}>
        {trial.kind}
        {trial.kind !== 'bulk' && `, ${trial.depth}`}, {formatCount(trial.users)} users
      </Table.Td>
      <Table.Td className="uf-number" w={200}>
        {moment(trial.createdAt)}
      </Table.Td>
      <Table.Td>
        {trial.outdated && <Badge color="yellow">scripts or settings have changed since</Badge>}{' '}
        {trial.partly && <Badge color="yellow">not everybody took part</Badge>}
      </Table.Td>
    </Table.Tr>
  );
}

function LogRow({ log }: { readonly log: NonNullable<PlanResult['accessLog']> }) {
  const { lines, used, elsewhere, filtered, future, broken, firstAt, lastAt, brokenLines } = log;
  return (
    <Table.Tr>
      <Table.Td>access log</Table.Td>
      <Table.Td colSpan={3}>
        {formatCount(lines)} lines: {formatCount(used)} by legacy users, {formatCount(elsewhere)} by others,{' '}
        {formatCount(filtered)} filtered out, {formatCount(future)} in the future, {formatCount(broken)}{' '}
        unreadable
        {firstAt !== null && lastAt !== null && ` (${firstAt.slice(0, 10)} to ${lastAt.slice(0, 10)})`}
        {brokenLines.slice(0, 3).map(({ file, line, reason }) => (
          <Text key={`${file}:${line}`} size="xs" c="dimmed">
            {file}:{line} {reason}
          </Text>
        ))}
      </Table.Td>
    </Table.Tr>
  );
}
