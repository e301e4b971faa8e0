import { Button, Group, Text } from '@mantine/core';
import { IconCode, IconRefresh } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import type { LegacyUsers } from '#contract/legacy-users.ts';
import { ContextMenu } from '#renderer/commands/context-menu.tsx';
import { useCommands } from '#renderer/commands/registry.ts';
import { formatCount } from '#renderer/components/format.ts';
import { DataGrid } from '#renderer/components/grid/data-grid.tsx';
import type { GridColumn } from '#renderer/components/grid/grid-column.ts';
import { LoadingState } from '#renderer/components/loading-state.tsx';
import { TroubleState } from '#renderer/components/trouble-state.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { toTrouble } from '#renderer/engine/trouble.ts';
import classes from '#renderer/features/legacy/legacy.module.css';
import { projectKey, useProject } from '#renderer/project/project-context.tsx';
import { projectPath } from '#renderer/project/routes.ts';
import { usePreferences } from '#renderer/stores/preferences.ts';

type Row = LegacyUsers['rows'][number];

/** Rows that come with the count; one page of the grid. */
const FIRST = 100;

/** The users query, row by row, however many there are. */
export function UsersTab() {
  const client = useClient();
  const { folder } = useProject();
  const [, navigate] = useLocation();
  const personalData = usePreferences((preferences) => preferences.personalData);
  const setPreferences = usePreferences((preferences) => preferences.set);
  const [round, setRound] = useState(0);
  const [selected, setSelected] = useState<Row | null>(null);
  const first = useQuery({
    queryKey: projectKey(folder, 'legacy-users', round, personalData),
    queryFn: async ({ signal }) => {
      const asked = { project: folder, at: 0, limit: FIRST, personalData, refresh: round > 0 };
      return { ...(await client.legacy.users(asked, { signal })), personalData, round };
    },
    staleTime: Infinity,
    // Masking, unmasking and counting keep the place in the list.
    placeholderData: keepPreviousData,
  });
  const data = first.data;
  const columns = useMemo(() => (data === undefined ? [] : columnsOf(data)), [data]);
  const tryRow = (row: Row): void => {
    const query = new URLSearchParams({ identifier: keyText(row.key) });
    navigate(`~${projectPath(folder, 'scripts', 'login')}?${query.toString()}`);
  };
  useCommands([
    {
      id: 'legacy.refresh',
      title: 'Count the legacy users anew',
      group: 'Project',
      run: () => setRound(round + 1),
    },
    {
      id: 'legacy.try',
      title: 'Try the selected legacy user',
      group: 'Script',
      enabled: selected !== null,
      run: () => selected !== null && tryRow(selected),
    },
  ]);
  if (first.isError)
    return <TroubleState trouble={toTrouble(first.error)} onRetry={() => void first.refetch()} />;
  if (data === undefined)
    return <LoadingState what="Counting the legacy users" onCancel={() => window.history.back()} />;
  return (
    <div className={classes.users}>
      <Group justify="space-between" className={classes.bar ?? ''} wrap="nowrap">
        <Text size="sm">
          <b className="uf-number">{formatCount(data.total)}</b> legacy users
          <Text span size="xs" c="dimmed" ml="sm">
            {data.personalData ? 'Personal data is shown.' : 'Personal data is masked.'} Of hashes only the
            format is shown.
          </Text>
        </Text>
        <Group gap="xs" wrap="nowrap">
          <Button
            variant="subtle"
            color="gray"
            onClick={() => setPreferences({ personalData: !personalData })}
          >
            {personalData ? 'Mask personal data' : 'Show personal data'}
          </Button>
          <Button
            variant="default"
            leftSection={<IconRefresh size={14} aria-hidden />}
            loading={first.isFetching}
            onClick={() => setRound(round + 1)}
          >
            Count anew
          </Button>
          <Button
            variant="default"
            leftSection={<IconCode size={14} aria-hidden />}
            disabled={selected === null}
            onClick={() => selected !== null && tryRow(selected)}
          >
            Try this user
          </Button>
        </Group>
      </Group>
      <ContextMenu className={classes.grid} commands={['legacy.try', 'legacy.refresh', 'view.personal-data']}>
        <DataGrid
          label="Legacy users"
          source={`${folder} ${data.round} ${data.personalData}`}
          total={data.total}
          columns={columns}
          load={async (at, limit, signal) => {
            if (at === 0 && limit === FIRST) return data.rows;
            const asked = { project: folder, at, limit, personalData: data.personalData };
            return (await client.legacy.users(asked, { signal })).rows;
          }}
          onSelect={setSelected}
          onOpen={tryRow}
        />
      </ContextMenu>
    </div>
  );
}

/** `key:4711`, or `key:["a",1]` for keys of several columns. */
function keyText(key: Row['key']): string {
  return `key:${key.length === 1 ? String(key[0]) : JSON.stringify(key)}`;
}

/** Pixels of a character in a heading and in a cell, and of the space around it. */
const WIDTH = { heading: 7, cell: 7.6, around: 30, least: 84, most: 320 } as const;

function columnsOf({ columns, rows }: LegacyUsers): readonly GridColumn<Row>[] {
  return columns.map(({ name, attributes }, index) => {
    const title = attributes.length === 0 ? name : `${name} → ${attributes.join(', ')}`;
    const longest = Math.max(0, ...rows.map((row) => row.cells[index]?.length ?? 4));
    const wanted = WIDTH.around + Math.max(WIDTH.heading * title.length, WIDTH.cell * longest);
    return {
      id: name,
      title,
      width: Math.round(Math.max(WIDTH.least, Math.min(WIDTH.most, wanted))),
      text: (row) => row.cells[index] ?? '',
      render: (row) => <Cell row={row} index={index} />,
    };
  });
}

function Cell({ row, index }: { readonly row: Row; readonly index: number }) {
  if (row.unreadable !== null) {
    return index === 0 ? (
      <span className={classes.unreadable} title={row.unreadable}>
        Unreadable: {row.unreadable}
      </span>
    ) : null;
  }
  const cell = row.cells[index];
  if (cell === null || cell === undefined) return <span className={classes.null}>NULL</span>;
  return <span title={cell}>{cell}</span>;
}
