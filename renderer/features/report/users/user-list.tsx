import { Anchor, Button, Group, Pill, SegmentedControl, Select } from '@mantine/core';
import { IconRefresh, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { TrialRecord } from '#contract/trial-record.ts';
import { ContextMenu } from '#renderer/commands/context-menu.tsx';
import { useCommands } from '#renderer/commands/registry.ts';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { formatCount } from '#renderer/components/format.ts';
import { DataGrid } from '#renderer/components/grid/data-grid.tsx';
import { JobButton } from '#renderer/components/job-button.tsx';
import { LoadingState } from '#renderer/components/loading-state.tsx';
import { Screen } from '#renderer/components/screen.tsx';
import { Split } from '#renderer/components/split.tsx';
import { PHASES } from '#renderer/components/trial-words.ts';
import { TroubleState } from '#renderer/components/trouble-state.tsx';
import { toTrouble } from '#renderer/engine/trouble.ts';
import { storyLink, tryLink } from '#renderer/features/report/links.ts';
import { useRunOnly } from '#renderer/features/report/users/use-run-only.ts';
import { useSaveUsers } from '#renderer/features/report/users/use-save-users.ts';
import { type Outcome, useUsers } from '#renderer/features/report/users/use-users.ts';
import { columnsOf } from '#renderer/features/report/users/user-columns.tsx';
import { UserDetail } from '#renderer/features/report/users/user-detail.tsx';
import { chipsOf, listTitle, type UserFilter, without } from '#renderer/features/report/users/user-filter.ts';
import classes from '#renderer/features/report/users/users.module.css';
import { useCatalog } from '#renderer/project/use-catalog.ts';
import { useProject } from '#renderer/project/project-context.tsx';

interface UserListProps {
  readonly record: TrialRecord;
  readonly filter: UserFilter;
  readonly change: (filter: UserFilter) => void;
}

const ROW_COMMANDS = [
  'report.user-story',
  'report.user-try',
  'report.users-save',
  'report.users-trial',
  'report.users-refresh',
] as const;

/** The list, what narrows it, and the user that is chosen. */
export function UserList({ record, filter, change }: UserListProps) {
  const [, navigate] = useLocation();
  const { folder } = useProject();
  const catalog = useCatalog();
  const [chosen, setChosen] = useState<Outcome | null>(null);
  const users = useUsers(record.id, filter);
  const source = JSON.stringify([record.id, filter, users.first.dataUpdatedAt]);
  const title = (code: string): string => catalog.get(code)?.title ?? code;
  const set = (next: UserFilter): void => {
    setChosen(null);
    change(next);
  };
  const refresh = (): void => void users.first.refetch();
  const saving = useSaveUsers(users, record.id);
  const runOnly = useRunOnly(users, record);
  const shown = chosen ?? users.first.data?.users[0] ?? null;
  const toTry = shown === null ? null : tryLink(folder, record.options, shown.phase, shown.key);
  useCommands([
    {
      id: 'report.user-story',
      title: 'Whole story of the chosen user',
      group: 'Report',
      enabled: shown !== null,
      run: () => shown !== null && navigate(storyLink(record.id, shown.key)),
    },
    {
      id: 'report.user-try',
      title: 'Try the scripts for the chosen user',
      group: 'Report',
      enabled: toTry !== null,
      run: () => toTry !== null && navigate(toTry),
    },
    { id: 'report.users-refresh', title: 'Read the list of users again', group: 'Report', run: refresh },
    { id: 'report.users-save', title: 'Save this list of users as CSV', group: 'Report', run: saving.save },
    {
      id: 'report.users-trial',
      title: 'Set up a trial with these users only',
      group: 'Trial',
      enabled: runOnly.can,
      run: runOnly.run,
    },
  ]);
  return (
    <Screen
      layout="workbench"
      title={listTitle(filter)}
      lead={
        <>
          <span role="status">
            {users.total === null ? 'Counting…' : `${formatCount(users.total)} users`}
          </span>{' '}
          of trial <span className="uf-mono">{record.id}</span>.{' '}
          <Anchor component={Link} href={`/${record.id}`} size="sm" underline="always">
            Back to the report
          </Anchor>
        </>
      }
      actions={
        <>
          <Button variant="default" leftSection={<IconRefresh size={15} aria-hidden />} onClick={refresh}>
            Read again
          </Button>
          <JobButton job={saving.job} what="Saving">
            <Button variant="default" onClick={saving.save}>
              Save as CSV
            </Button>
          </JobButton>
          <JobButton job={runOnly.job} what="Choosing">
            <Button variant="default" disabled={!runOnly.can} onClick={runOnly.run}>
              Trial with these users
            </Button>
          </JobButton>
        </>
      }
      toolbar={<FilterBar record={record} filter={filter} change={set} titleOf={title} />}
    >
      {users.first.isError && <TroubleState trouble={toTrouble(users.first.error)} onRetry={refresh} />}
      {users.first.isPending && (
        <LoadingState what="Reading the users" onCancel={() => navigate(`/${record.id}`)} />
      )}
      {users.total === 0 && (
        <div className={classes.empty}>
          <EmptyState
            icon={IconUsers}
            title="Nobody fits"
            actions={<Button onClick={() => set({ phase: filter.phase })}>Show all users</Button>}
          >
            No user of this phase has all of what is asked for.
          </EmptyState>
        </div>
      )}
      {users.total !== null && users.total > 0 && (
        <Split
          id="report-users"
          label="Width of the list of users"
          share={0.7}
          first={
            <ContextMenu className={classes.grid} commands={ROW_COMMANDS}>
              <DataGrid
                label={listTitle(filter)}
                source={source}
                total={users.total}
                columns={columnsOf(title, record)}
                load={users.load}
                onSelect={setChosen}
                onOpen={(row) => navigate(storyLink(record.id, row.key))}
              />
            </ContextMenu>
          }
          second={shown === null ? null : <UserDetail record={record} outcome={shown} />}
        />
      )}
    </Screen>
  );
}

interface FilterBarProps extends UserListProps {
  readonly titleOf: (code: string) => string;
}

function FilterBar({ record, filter, change, titleOf: title }: FilterBarProps) {
  const phases = record.phases.map(({ phase }) => phase);
  const chips = chipsOf(filter, title);
  return (
    <Group gap="xs">
      {phases.length > 1 && (
        <SegmentedControl
          aria-label="Phase"
          value={filter.phase}
          data={phases.map((phase) => ({ value: phase, label: PHASES[phase] }))}
          onChange={(phase) => change({ phase, status: filter.status })}
        />
      )}
      <Select
        aria-label="Outcome"
        size="xs"
        w={130}
        allowDeselect={false}
        value={filter.status ?? 'all'}
        data={[
          { value: 'all', label: 'All outcomes' },
          { value: 'ok', label: 'ok' },
          { value: 'failed', label: 'failed' },
          { value: 'skipped', label: 'skipped' },
        ]}
        onChange={(value) => {
          const status = (['ok', 'failed', 'skipped'] as const).find((one) => one === value);
          change({ ...without(filter, ['status']), ...(status === undefined ? {} : { status }) });
        }}
      />
      {chips
        .filter(({ names }) => !names.includes('status'))
        .map((chip) => (
          <Pill
            key={chip.text}
            withRemoveButton
            onRemove={() => change(without(filter, chip.names))}
            removeButtonProps={{
              'aria-label': `Remove the filter ${chip.text}`,
              'aria-hidden': false,
              tabIndex: 0,
            }}
          >
            {chip.text}
          </Pill>
        ))}
    </Group>
  );
}
