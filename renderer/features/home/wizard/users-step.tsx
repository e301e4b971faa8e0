import { MultiSelect, Radio, Stack, Table, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { DiagnosticList } from '#renderer/components/diagnostic-list.tsx';
import { formatCount } from '#renderer/components/format.ts';
import { LoadingState } from '#renderer/components/loading-state.tsx';
import { Panel } from '#renderer/components/panel.tsx';
import { TroubleState } from '#renderer/components/trouble-state.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { toTrouble } from '#renderer/engine/trouble.ts';
import { StepFoot } from '#renderer/features/home/wizard/step-foot.tsx';
import classes from '#renderer/features/home/wizard/wizard.module.css';
import { projectKey } from '#renderer/project/project-context.tsx';
import { useWizard } from '#renderer/stores/wizard.ts';

interface UsersStepProps {
  readonly project: string;
  readonly onDone: () => void;
}

/** Which table the users are in, and what pages through it. The proposal is only a proposal. */
export function UsersStep({ project, onDone }: UsersStepProps) {
  const client = useClient();
  const back = useWizard((wizard) => wizard.set);
  const [table, setTable] = useState<string | null>(null);
  const [ownKey, setOwnKey] = useState<readonly string[] | null>(null);
  const source = { kind: 'project', project } as const;
  const schema = useQuery({
    queryKey: projectKey(project, 'schema'),
    queryFn: ({ signal }) => client.legacy.schema({ source }, { signal }),
  });
  const found = useQuery({
    queryKey: projectKey(project, 'inspection', table),
    queryFn: ({ signal }) =>
      client.legacy.inspect({ source, force: true, ...(table === null ? {} : { table }) }, { signal }),
  });
  const proposal = found.data?.proposal;
  const chosen = table ?? proposal?.table?.name ?? null;
  const key = ownKey ?? proposal?.key?.columns ?? [];
  const columns = schema.data?.tables.find((one) => one.name === chosen)?.columns ?? [];
  const adopt = useMutation({
    mutationFn: () =>
      client.settings.change({
        project,
        changes: [
          { path: ['users'], to: { table: chosen, key: [...key] } },
          { path: ['fields'], to: fieldsOf(proposal?.fields ?? [], key) },
        ],
      }),
    onSuccess: onDone,
  });
  if (found.isError || schema.isError) {
    const retry = (): void => void Promise.all([found.refetch(), schema.refetch()]);
    return <TroubleState trouble={toTrouble(found.error ?? schema.error)} onRetry={retry} />;
  }
  if (found.data === undefined || schema.data === undefined)
    return <LoadingState what="Looking through the tables" onCancel={() => back({ step: 0 })} />;
  const ranked = [proposal?.table, ...(proposal?.alternatives ?? [])].filter((one) => one != null);
  return (
    <Stack gap="md">
      <Panel title="Table with the legacy users" lead={found.data.version} flush>
        <Radio.Group value={chosen} onChange={setTable} aria-label="Users table">
          <Table className={classes.table ?? ''} highlightOnHover>
            <Table.Thead>
              <Table.Tr>
                <Table.Th w={320}>Table</Table.Th>
                <Table.Th w={110}>Rows, about</Table.Th>
                <Table.Th>Why</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {schema.data.tables.map(({ name, kind, estimatedRows }) => (
                <Table.Tr key={name}>
                  <Table.Td>
                    <Radio value={name} label={kind === 'view' ? `${name} (view)` : name} size="xs" />
                  </Table.Td>
                  <Table.Td className="uf-number">
                    {estimatedRows === null ? '–' : formatCount(estimatedRows)}
                  </Table.Td>
                  <Table.Td className={classes.why ?? ''}>
                    {ranked.find((one) => one.name === name)?.reason ?? ''}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Radio.Group>
      </Panel>
      <Panel
        title="Pagination key"
        lead="Columns that together are unique and never empty; trials page by them."
      >
        <MultiSelect
          aria-label="Pagination key"
          data={columns.map((column) => column.name)}
          value={[...key]}
          onChange={setOwnKey}
          maw={520}
        />
        <Text size="xs" c="dimmed" mt={6}>
          {ownKey === null ? proposal?.key?.reason : ''}
        </Text>
      </Panel>
      {found.data.findings.length > 0 && (
        <Panel title="Noticed">
          <DiagnosticList diagnostics={found.data.findings} />
        </Panel>
      )}
      <StepFoot
        action="Use this table"
        busy={adopt.isPending}
        disabled={chosen === null || key.length === 0}
        error={adopt.error}
        onNext={() => adopt.mutate()}
      />
    </Stack>
  );
}

interface ProposedField {
  readonly attribute: string;
  readonly column: string;
}

/** The proposal as `fields`; attributes that take several columns get a list. */
function fieldsOf(fields: readonly ProposedField[], key: readonly string[]) {
  const byAttribute = Map.groupBy(fields, (field) => field.attribute);
  const entries = [...byAttribute].map(([attribute, members]) => {
    const columns = members.map((member) => member.column);
    return [attribute, columns.length === 1 ? (columns[0] ?? '') : columns] as const;
  });
  return { id: key[0] ?? '', ...Object.fromEntries(entries) };
}
