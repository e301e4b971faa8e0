import { Button, Skeleton, Stack, Table, Text } from '@mantine/core';
import { IconArrowsDiff, IconFlask, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useCommands } from '#renderer/commands/registry.ts';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { Screen } from '#renderer/components/screen.tsx';
import { TroubleState } from '#renderer/components/trouble-state.tsx';
import { toTrouble } from '#renderer/engine/trouble.ts';
import { DamagedRow, TrialRow } from '#renderer/features/trials/list/trial-row.tsx';
import classes from '#renderer/features/trials/list/trial-list.module.css';
import { type TrialItem, useTrials } from '#renderer/project/use-trials.ts';

/** All trials of the project, newest first. */
export function TrialList() {
  const trials = useTrials();
  const [, navigate] = useLocation();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const ids = (trials.data ?? []).flatMap((item) => (item.kind === 'trial' ? [item.record.id] : []));
  // Newest first in the list: the older one is what the newer one is compared with.
  const pair = ids.filter((id) => chosen.includes(id)).toReversed();
  const [a, b] = pair;
  const compare = (): void => {
    if (a !== undefined && b !== undefined) navigate(`/compare/${a}/${b}`);
  };
  useCommands([
    {
      id: 'trial.compare',
      title: 'Compare the two chosen trials',
      group: 'Trial',
      enabled: pair.length === 2,
      run: compare,
    },
  ]);
  const choose = (id: string, on: boolean): void =>
    setChosen((now) =>
      on ? [...now.filter((one) => ids.includes(one)), id].slice(-2) : now.filter((one) => one !== id),
    );
  return (
    <Screen
      title="Trials"
      lead="Rehearsals of the migration, each recorded with everything it depends on."
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconArrowsDiff size={15} aria-hidden />}
            disabled={pair.length !== 2}
            onClick={compare}
          >
            Compare
          </Button>
          <Button leftSection={<IconPlus size={15} aria-hidden />} component={Link} href="/new">
            New trial
          </Button>
        </>
      }
    >
      {trials.isPending && <Rows />}
      {trials.isError && (
        <TroubleState trouble={toTrouble(trials.error)} onRetry={() => void trials.refetch()} />
      )}
      {trials.data !== undefined &&
        (trials.data.length === 0 ? (
          <NoTrial />
        ) : (
          <List items={trials.data} chosen={pair} onChoose={choose} />
        ))}
    </Screen>
  );
}

interface ListProps {
  readonly items: readonly TrialItem[];
  readonly chosen: readonly string[];
  readonly onChoose: (id: string, on: boolean) => void;
}

function List({ items, chosen, onChoose }: ListProps) {
  return (
    <>
      <div className={classes.box}>
        <Table className={classes.table ?? ''} aria-label="Trials, newest first">
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={40}>
                <span className={classes.hidden}>Choose</span>
              </Table.Th>
              <Table.Th w={190}>Trial</Table.Th>
              <Table.Th w={132}>Status</Table.Th>
              <Table.Th>Users</Table.Th>
              <Table.Th w={118} ta="right">
                Took
              </Table.Th>
              <Table.Th w={190}>Started</Table.Th>
              <Table.Th w={44}>
                <span className={classes.hidden}>More</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {items.map((item) =>
              item.kind === 'damaged' ? (
                <DamagedRow key={item.id} id={item.id} reason={item.reason} />
              ) : (
                <TrialRow
                  key={item.record.id}
                  record={item.record}
                  chosen={chosen.includes(item.record.id)}
                  onChoose={(on) => onChoose(item.record.id, on)}
                />
              ),
            )}
          </Table.Tbody>
        </Table>
      </div>
      <Text size="xs" c="dimmed" mt="xs" role="status">
        {chosen.length === 0 && items.length > 1 && 'Choose two trials to see what an edit fixed or broke.'}
        {chosen.length === 1 && 'Choose one more to compare the two.'}
        {chosen.length === 2 && `Compares ${chosen[1]} with the older ${chosen[0]}.`}
      </Text>
    </>
  );
}

function NoTrial() {
  return (
    <EmptyState
      icon={IconFlask}
      title="No trial yet"
      actions={
        <Button component={Link} href="/new">
          Set up the first trial
        </Button>
      }
    >
      A trial takes every user of the legacy database through the scripts or the import, on this machine, and
      tells who gets across, who does not, and why.
    </EmptyState>
  );
}

function Rows() {
  return (
    <Stack gap="xs" aria-busy aria-label="Reading the trials">
      {[0, 1, 2, 3].map((row) => (
        <Skeleton key={row} height={46} />
      ))}
    </Stack>
  );
}
