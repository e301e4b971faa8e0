import { ActionIcon, Button, Menu } from '@mantine/core';
import {
  IconArrowsDiff,
  IconChartHistogram,
  IconDots,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
  IconRepeat,
  IconTrash,
} from '@tabler/icons-react';
import { useLocation } from 'wouter';
import type { TrialRecord, TrialStatus } from '#contract/trial-record.ts';
import { useCommands } from '#renderer/commands/registry.ts';
import { setupOf } from '#renderer/features/trials/trial/setup-of.ts';
import { useTrialWork } from '#renderer/features/trials/use-trial-work.ts';
import { useProject } from '#renderer/project/project-context.tsx';
import { projectPath } from '#renderer/project/routes.ts';
import { recordsOf, useTrials } from '#renderer/project/use-trials.ts';
import { useTrialSetups } from '#renderer/stores/trial-setup.ts';

interface TrialActionsProps {
  readonly record: TrialRecord;
  readonly status: TrialStatus;
}

/** What can be done with one trial: the same as buttons and as commands. */
export function TrialActions({ record, status }: TrialActionsProps) {
  const { folder } = useProject();
  const [, navigate] = useLocation();
  const { pause, cancel, resume, askToRemove } = useTrialWork();
  const { id } = record;
  // A trial that waits for its database runs, as far as pausing and cancelling go.
  const runs = status === 'running' || (status === 'paused' && record.status === 'running');
  const canResume = !runs && status !== 'finished';
  const before = useTheOneBefore(record);
  const report = (): void => navigate(`~${projectPath(folder, 'report', id)}`);
  const again = (): void => {
    useTrialSetups.getState().change(folder, setupOf(record.options));
    navigate('/new');
  };
  const compare = (): void => {
    if (before !== undefined) navigate(`/compare/${before}/${id}`);
  };
  const remove = (): void => void askToRemove(id, () => navigate('/'));
  useCommands([
    {
      id: 'trial.pause',
      title: 'Pause the trial',
      group: 'Trial',
      shortcut: 'alt+p',
      enabled: runs,
      run: () => pause.mutate(id),
    },
    {
      id: 'trial.resume',
      title: 'Resume the trial',
      group: 'Trial',
      shortcut: 'alt+r',
      enabled: canResume,
      run: () => resume.mutate(id),
    },
    {
      id: 'trial.cancel',
      title: 'Cancel the trial',
      group: 'Trial',
      enabled: runs,
      run: () => cancel.mutate(id),
    },
    { id: 'trial.report', title: 'Open the report of this trial', group: 'Trial', run: report },
    { id: 'trial.again', title: 'Set up a trial like this one', group: 'Trial', run: again },
    {
      id: 'trial.compare-before',
      title: 'Compare with the trial before',
      group: 'Trial',
      enabled: before !== undefined,
      run: compare,
    },
    { id: 'trial.delete', title: 'Delete this trial', group: 'Trial', enabled: !runs, run: remove },
  ]);
  return (
    <>
      {runs && (
        <>
          <Button
            variant="default"
            leftSection={<IconPlayerPause size={15} aria-hidden />}
            loading={pause.isPending}
            onClick={() => pause.mutate(id)}
          >
            Pause
          </Button>
          <Button
            variant="default"
            leftSection={<IconPlayerStop size={15} aria-hidden />}
            loading={cancel.isPending}
            onClick={() => cancel.mutate(id)}
          >
            Cancel
          </Button>
        </>
      )}
      {canResume && (
        <Button
          leftSection={<IconPlayerPlay size={15} aria-hidden />}
          loading={resume.isPending}
          onClick={() => resume.mutate(id)}
        >
          Resume
        </Button>
      )}
      <Button
        variant={status === 'finished' ? 'filled' : 'default'}
        leftSection={<IconChartHistogram size={15} aria-hidden />}
        onClick={report}
      >
        Report
      </Button>
      <Menu position="bottom-end" width={230}>
        <Menu.Target>
          <ActionIcon aria-label="More for this trial" variant="default" size={30}>
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconRepeat size={15} aria-hidden />} onClick={again}>
            Set up one like this
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArrowsDiff size={15} aria-hidden />}
            disabled={before === undefined}
            onClick={compare}
          >
            Compare with the one before
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            color="red"
            disabled={runs}
            leftSection={<IconTrash size={15} aria-hidden />}
            onClick={remove}
          >
            Delete
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

/** The next older trial that has a phase in common. */
function useTheOneBefore(record: TrialRecord): string | undefined {
  const records = recordsOf(useTrials().data);
  const older = records.slice(records.findIndex(({ id }) => id === record.id) + 1);
  const phases = new Set(record.phases.map(({ phase }) => phase));
  return older.find((one) => one.phases.some(({ phase }) => phases.has(phase)))?.id;
}
