import { ActionIcon, Anchor, Checkbox, Table, Text } from '@mantine/core';
import { IconChartHistogram, IconExternalLink, IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { Link, useLocation } from 'wouter';
import type { TrialRecord } from '#contract/trial-record.ts';
import { CountBar } from '#renderer/components/count-bar.tsx';
import { formatCount, formatDuration, useMoment } from '#renderer/components/format.ts';
import { useRowMenu } from '#renderer/components/row-menu.tsx';
import { TrialStatusBadge } from '#renderer/components/trial-status.tsx';
import { DEPTHS, KINDS, kindOf, whoOf } from '#renderer/components/trial-words.ts';
import { liveRecord } from '#renderer/features/trials/live-record.ts';
import { useTrialWork } from '#renderer/features/trials/use-trial-work.ts';
import classes from '#renderer/features/trials/list/trial-list.module.css';
import { useProject } from '#renderer/project/project-context.tsx';
import { projectPath } from '#renderer/project/routes.ts';
import { useTrialProgress } from '#renderer/stores/trial-progress.ts';

interface TrialRowProps {
  readonly record: TrialRecord;
  readonly chosen: boolean;
  readonly onChoose: (on: boolean) => void;
}

/** One trial. The link opens it, a double click anywhere too. */
export function TrialRow({ record, chosen, onChoose }: TrialRowProps) {
  const [, navigate] = useLocation();
  const moment = useMoment();
  const followed = useTrialProgress((store) => store.trials[record.id]);
  const { status, words, phases } = liveRecord(record, followed?.progress);
  const { options, versions } = record;
  const who = whoOf(options.filter);
  const { menu, onContextMenu } = useTrialMenu(record.id, status);
  return (
    <Table.Tr
      data-chosen={chosen}
      onDoubleClick={() => navigate(`/${record.id}`)}
      onContextMenu={onContextMenu}
    >
      <Table.Td>
        <Checkbox
          size="xs"
          aria-label={`Choose ${record.id} to compare`}
          checked={chosen}
          onChange={(event) => onChoose(event.currentTarget.checked)}
        />
      </Table.Td>
      <Table.Td>
        <Anchor component={Link} href={`/${record.id}`} className={`uf-mono ${classes.took}`} fw={560}>
          {record.id}
        </Anchor>
        <Text size="xs" c="dimmed" truncate maw={180}>
          {kindOf(options)}
          {options.kind !== 'bulk' && ` · ${DEPTHS[options.depth].title.toLowerCase()}`}
          {who !== 'everybody' && ` · ${who}`}
        </Text>
      </Table.Td>
      <Table.Td>
        <TrialStatusBadge status={status} words={words} />
      </Table.Td>
      <Table.Td>
        {phases.map((phase) => (
          <div key={phase.phase} className={classes.counts}>
            <CountBar {...phase} />
            <span className={classes.numbers}>
              {phases.length > 1 && <span className={classes.phase}>{KINDS[phase.phase].title}</span>}
              <span>{formatCount(phase.ok)} ok</span>
              <span data-tone={phase.failed > 0 ? 'failed' : undefined}>
                {formatCount(phase.failed)} failed
              </span>
              <span>{formatCount(phase.skipped)} skipped</span>
              <span className={classes.of}>of {formatCount(phase.expected)}</span>
            </span>
          </div>
        ))}
      </Table.Td>
      <Table.Td ta="right" className={`uf-number ${classes.took}`}>
        {formatDuration(phases.reduce((sum, phase) => sum + phase.seconds, 0))}
      </Table.Td>
      <Table.Td className={`uf-number ${classes.took}`}>
        {moment(record.createdAt)}
        <Text
          size="xs"
          c="dimmed"
          truncate
          title={`Userferry ${versions.userferry}, scripts on ${versions.scriptRuntime}`}
        >
          {versions.userferry} · scripts {versions.scriptRuntime}
        </Text>
      </Table.Td>
      <Table.Td>{menu}</Table.Td>
    </Table.Tr>
  );
}

function useTrialMenu(id: string, status: TrialRecord['status']) {
  const { folder } = useProject();
  const [, navigate] = useLocation();
  const { resume, askToRemove } = useTrialWork();
  const canResume = status !== 'running' && status !== 'finished';
  return useRowMenu(`More for ${id}`, [
    {
      title: 'Open',
      icon: <IconExternalLink size={15} aria-hidden />,
      run: () => navigate(`/${id}`),
    },
    {
      title: 'Report',
      icon: <IconChartHistogram size={15} aria-hidden />,
      run: () => navigate(`~${projectPath(folder, 'report', id)}`),
    },
    ...(canResume
      ? [{ title: 'Resume', icon: <IconPlayerPlay size={15} aria-hidden />, run: () => resume.mutate(id) }]
      : []),
    {
      title: 'Delete',
      icon: <IconTrash size={15} aria-hidden />,
      danger: true,
      disabled: status === 'running',
      run: () => void askToRemove(id),
    },
  ]);
}

/** A folder whose record cannot be read: what is wrong with it, and a way to be rid of it. */
export function DamagedRow({ id, reason }: { readonly id: string; readonly reason: string }) {
  const { askToRemove } = useTrialWork();
  return (
    <Table.Tr>
      <Table.Td />
      <Table.Td className="uf-mono">{id}</Table.Td>
      <Table.Td>
        <TrialStatusBadge status="interrupted" words="damaged" />
      </Table.Td>
      <Table.Td colSpan={3}>
        <Text size="xs" c="dimmed">
          {reason}
        </Text>
      </Table.Td>
      <Table.Td>
        <ActionIcon aria-label={`Delete ${id}`} onClick={() => void askToRemove(id)}>
          <IconTrash size={16} aria-hidden />
        </ActionIcon>
      </Table.Td>
    </Table.Tr>
  );
}
