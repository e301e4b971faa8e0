import {
  Alert,
  Button,
  Group,
  SegmentedControl,
  Stack,
  TagsInput,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Keys } from '#renderer/commands/keys.tsx';
import { useCommands } from '#renderer/commands/registry.ts';
import { LoadingState } from '#renderer/components/loading-state.tsx';
import { Panel } from '#renderer/components/panel.tsx';
import { TroubleState } from '#renderer/components/trouble-state.tsx';
import { TroubleText } from '#renderer/components/trouble-text.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { toTrouble } from '#renderer/engine/trouble.ts';
import classes from '#renderer/features/legacy/legacy.module.css';
import { QueryRows } from '#renderer/features/legacy/query-rows.tsx';
import { SettingsNeeded } from '#renderer/features/legacy/settings-needed.tsx';
import { type QueryDraft, useUsersQuery } from '#renderer/features/legacy/use-users-query.ts';
import { projectKey, useProject } from '#renderer/project/project-context.tsx';

/** What counts as a legacy user: a table, some of its rows, or a SELECT. Tried before it is saved. */
export function QueryTab() {
  const form = useUsersQuery();
  const { settings, draft, trial } = form;
  useCommands([
    {
      id: 'query.try',
      title: 'Try the users query',
      group: 'Project',
      shortcut: 'mod+enter',
      whileTyping: true,
      enabled: form.complete && !trial.isFetching,
      run: form.try,
    },
    {
      id: 'query.save',
      title: 'Save the users query',
      group: 'Edit',
      shortcut: 'mod+s',
      whileTyping: true,
      enabled: form.dirty && form.complete && !form.saving,
      run: form.save,
    },
    {
      id: 'query.revert',
      title: 'Throw the changes to the users query away',
      group: 'Edit',
      enabled: form.dirty,
      run: form.revert,
    },
  ]);
  if (settings.isError)
    return <TroubleState trouble={toTrouble(settings.error)} onRetry={() => void settings.refetch()} />;
  if (settings.data === undefined)
    return <LoadingState what="Reading the settings" onCancel={() => window.history.back()} />;
  if (draft === null) return <SettingsNeeded diagnostics={settings.data.diagnostics} />;
  const trouble = form.error === null ? null : toTrouble(form.error);
  return (
    <Stack gap="md">
      <Panel
        title="Who counts as a legacy user"
        lead="Trials, imports and the plan read these rows, in the order of the key."
        actions={
          <>
            {form.dirty && (
              <Button variant="subtle" color="gray" onClick={form.revert}>
                Throw away
              </Button>
            )}
            {trial.isFetching ? (
              <Button
                variant="default"
                leftSection={<IconPlayerStop size={15} aria-hidden />}
                onClick={form.cancelTry}
              >
                Cancel
              </Button>
            ) : (
              <Button
                variant="default"
                leftSection={<IconPlayerPlay size={15} aria-hidden />}
                rightSection={<Keys shortcut="mod+enter" />}
                disabled={!form.complete}
                onClick={form.try}
              >
                Try it
              </Button>
            )}
            <Button disabled={!form.dirty || !form.complete} loading={form.saving} onClick={form.save}>
              Save
            </Button>
          </>
        }
      >
        <QueryFields draft={draft} onChange={form.edit} columns={trial.data?.columns ?? []} />
        {trouble !== null && (
          <Alert color="red" mt="md" title={trouble.title}>
            <TroubleText trouble={trouble} />
          </Alert>
        )}
      </Panel>
      <QueryRows trial={trial} onRetry={form.try} />
    </Stack>
  );
}

interface QueryFieldsProps {
  readonly draft: QueryDraft;
  readonly onChange: (change: Partial<QueryDraft>) => void;
  /** Columns that the last try gave. */
  readonly columns: readonly string[];
}

function QueryFields({ draft, onChange, columns }: QueryFieldsProps) {
  const client = useClient();
  const { folder } = useProject();
  const schema = useQuery({
    queryKey: projectKey(folder, 'schema'),
    queryFn: ({ signal }) =>
      client.legacy.schema({ source: { kind: 'project', project: folder } }, { signal }),
  });
  const table = schema.data?.tables.find(({ name }) => name === draft.table);
  const offered = draft.from === 'table' ? (table?.columns.map(({ name }) => name) ?? columns) : columns;
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label="Read from"
        style={{ alignSelf: 'flex-start' }}
        value={draft.from}
        onChange={(from) => onChange({ from })}
        data={[
          { value: 'table', label: 'A table or view' },
          { value: 'query', label: 'A SELECT' },
        ]}
      />
      {draft.from === 'table' ? (
        <Group grow align="flex-start" gap="sm">
          <TextInput
            label="Table"
            description="With its schema where it needs one"
            spellCheck={false}
            list="legacy-tables"
            value={draft.table}
            onChange={(event) => onChange({ table: event.currentTarget.value })}
          />
          <TextInput
            label="Only rows where"
            description="A condition in the database’s SQL; all rows without one"
            placeholder="deleted_at IS NULL"
            spellCheck={false}
            value={draft.where}
            onChange={(event) => onChange({ where: event.currentTarget.value })}
          />
        </Group>
      ) : (
        <Textarea
          label="SELECT"
          description="It must give the columns of the key; joins and computed columns are welcome"
          placeholder="SELECT u.*, p.phone FROM users u LEFT JOIN profiles p ON p.user_id = u.id"
          autosize
          minRows={4}
          maxRows={16}
          spellCheck={false}
          classNames={{ input: `uf-mono ${classes.sql}` }}
          value={draft.query}
          onChange={(event) => onChange({ query: event.currentTarget.value })}
        />
      )}
      <datalist id="legacy-tables">
        {schema.data?.tables.map(({ name }) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </datalist>
      <TagsInput
        label="Key"
        description="Columns that together are unique and never empty, in the order of paging"
        maw={520}
        data={[...offered]}
        value={[...draft.key]}
        onChange={(key) => onChange({ key })}
      />
      <Text size="xs" c="dimmed">
        The mapping stays as it is: columns that the query no longer gives are named there.
      </Text>
    </Stack>
  );
}
