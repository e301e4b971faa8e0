import { NavLink, ScrollArea, Table, Text, TextInput } from '@mantine/core';
import { IconEye, IconSearch, IconTable } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { LegacySchema } from '#contract/legacy-users.ts';
import { Copyable } from '#renderer/components/copyable.tsx';
import { formatCount } from '#renderer/components/format.ts';
import { LoadingState } from '#renderer/components/loading-state.tsx';
import { TroubleState } from '#renderer/components/trouble-state.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { toTrouble } from '#renderer/engine/trouble.ts';
import classes from '#renderer/features/legacy/legacy.module.css';
import { projectKey, useProject } from '#renderer/project/project-context.tsx';

type SchemaTable = LegacySchema['tables'][number];

/** Tables and views with their columns. */
export function SchemaTab() {
  const client = useClient();
  const { folder } = useProject();
  const [words, setWords] = useState('');
  const [picked, setPicked] = useState<string | null>(null);
  const schema = useQuery({
    queryKey: projectKey(folder, 'schema'),
    queryFn: ({ signal }) =>
      client.legacy.schema({ source: { kind: 'project', project: folder } }, { signal }),
    staleTime: 60_000,
  });
  if (schema.isError)
    return <TroubleState trouble={toTrouble(schema.error)} onRetry={() => void schema.refetch()} />;
  if (schema.data === undefined)
    return <LoadingState what="Reading the schema" onCancel={() => window.history.back()} />;
  const { tables } = schema.data;
  const found = tables.filter(({ name, columns }) =>
    [name, ...columns.map((column) => column.name)].some((text) =>
      text.toLowerCase().includes(words.toLowerCase()),
    ),
  );
  const shown = tables.find((table) => table.name === picked) ?? found[0];
  return (
    <div className={classes.schema}>
      <div className={classes.tables}>
        <TextInput
          aria-label="Find a table or column"
          placeholder="Table or column"
          size="xs"
          leftSection={<IconSearch size={13} aria-hidden />}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          p="sm"
        />
        <ScrollArea style={{ flex: 1 }}>
          {found.map((table) => (
            <NavLink
              key={table.name}
              component="button"
              active={table.name === shown?.name}
              label={table.name}
              description={
                table.estimatedRows === null ? table.kind : `about ${formatCount(table.estimatedRows)} rows`
              }
              leftSection={
                table.kind === 'view' ? (
                  <IconEye size={15} aria-hidden />
                ) : (
                  <IconTable size={15} aria-hidden />
                )
              }
              onClick={() => setPicked(table.name)}
            />
          ))}
          {found.length === 0 && (
            <Text size="sm" c="dimmed" p="sm">
              Nothing is called that.
            </Text>
          )}
        </ScrollArea>
      </div>
      <div className={classes.columns} role="region" aria-label="Columns" tabIndex={0}>
        {shown !== undefined && <Columns table={shown} />}
      </div>
    </div>
  );
}

function Columns({ table }: { readonly table: SchemaTable }) {
  return (
    <Table stickyHeader>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Column of {table.name}</Table.Th>
          <Table.Th w={220}>Type</Table.Th>
          <Table.Th w={130}>May be NULL</Table.Th>
          <Table.Th w={180}>Key</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {table.columns.map((column) => (
          <Table.Tr key={column.name}>
            <Table.Th scope="row" fw={500}>
              <Copyable text={column.name} what="name of the column" />
            </Table.Th>
            <Table.Td className="uf-mono">{column.type}</Table.Td>
            <Table.Td>{column.nullable ? 'yes' : 'no'}</Table.Td>
            <Table.Td>
              {column.primaryKey !== null && `primary key, ${column.primaryKey}`}
              {column.primaryKey === null && column.unique && 'unique'}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
