import { Badge, Button, Group, PasswordInput, Skeleton, Table, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SecretState } from '#contract/settings.ts';
import { confirm } from '#renderer/components/confirm.tsx';
import { Copyable } from '#renderer/components/copyable.tsx';
import { DiagnosticList } from '#renderer/components/diagnostic-list.tsx';
import { notifyTrouble } from '#renderer/components/notify.tsx';
import { Panel } from '#renderer/components/panel.tsx';
import { TroubleState } from '#renderer/components/trouble-state.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { toTrouble } from '#renderer/engine/trouble.ts';
import { projectKey, useProject } from '#renderer/project/project-context.tsx';

const FROM = { environment: 'environment', file: 'secrets file', settings: 'legacy connection' } as const;

/** Names of secrets and whether they have a value. Values are written, never read. */
export function SecretsPanel() {
  const client = useClient();
  const queries = useQueryClient();
  const { folder } = useProject();
  const key = projectKey(folder, 'secrets');
  const list = useQuery({ queryKey: key, queryFn: () => client.secrets.list({ project: folder }) });
  const settled = {
    onSuccess: async (now: unknown) => {
      queries.setQueryData(key, now);
      // Whether the project is usable, and what its database answers, may hang on it.
      await queries.invalidateQueries({ queryKey: projectKey(folder) });
    },
    onError: notifyTrouble,
  };
  const keep = useMutation({
    mutationFn: (secret: { name: string; value: string }) =>
      client.secrets.keep({ project: folder, ...secret }),
    ...settled,
  });
  const drop = useMutation({
    mutationFn: (name: string) => client.secrets.drop({ project: folder, name }),
    ...settled,
  });
  const askDrop = async (name: string): Promise<void> => {
    const body = `The value of ${name} is taken out of the secrets file. Nothing else has a copy of it.`;
    if (await confirm({ title: `Delete ${name}?`, body, action: 'Delete the value' })) drop.mutate(name);
  };
  if (list.isError)
    return <TroubleState trouble={toTrouble(list.error)} onRetry={() => void list.refetch()} />;
  if (list.data === undefined) return <Skeleton height={240} />;
  return (
    <Panel
      title="Secrets"
      lead={
        <Group gap={6}>
          Readable only by your account and never in git:
          <Copyable text={list.data.file} what="path of the secrets file" />
        </Group>
      }
      flush
    >
      {list.data.diagnostics.length > 0 && <DiagnosticList diagnostics={list.data.diagnostics} />}
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={220}>Name</Table.Th>
            <Table.Th w={170}>Value</Table.Th>
            <Table.Th>Used by</Table.Th>
            <Table.Th w={390}>Set</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {list.data.secrets.map((secret) => (
            <SecretLine
              key={secret.name}
              secret={secret}
              onKeep={(value) => keep.mutate({ name: secret.name, value })}
              onDrop={() => void askDrop(secret.name)}
            />
          ))}
        </Table.Tbody>
      </Table>
      {list.data.secrets.length === 0 && (
        <Text size="sm" c="dimmed" p="md">
          Neither the settings nor the scripts ask for a secret.
        </Text>
      )}
    </Panel>
  );
}

interface SecretLineProps {
  readonly secret: SecretState;
  readonly onKeep: (value: string) => void;
  readonly onDrop: () => void;
}

function SecretLine({ secret, onKeep, onDrop }: SecretLineProps) {
  const [value, setValue] = useState('');
  return (
    <Table.Tr>
      <Table.Th scope="row" className="uf-mono" fw={500}>
        {secret.name}
      </Table.Th>
      <Table.Td>
        <Badge color={secret.set ? 'tide' : 'yellow'}>
          {secret.from === null ? 'missing' : `from the ${FROM[secret.from]}`}
        </Badge>
      </Table.Td>
      <Table.Td>
        <Text size="xs" c="dimmed" className="uf-mono">
          {secret.usedBy.join(', ')}
        </Text>
      </Table.Td>
      <Table.Td>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (value === '') return;
            onKeep(value);
            setValue('');
          }}
        >
          <Group gap="xs" wrap="nowrap">
            <PasswordInput
              aria-label={`New value of ${secret.name}`}
              placeholder={secret.inFile ? 'replace' : 'set'}
              size="xs"
              style={{ flex: 1 }}
              autoComplete="off"
              value={value}
              onChange={(event) => setValue(event.currentTarget.value)}
            />
            <Button type="submit" variant="default" disabled={value === ''}>
              Keep
            </Button>
            <Button variant="subtle" color="red" disabled={!secret.inFile} onClick={onDrop}>
              Delete
            </Button>
          </Group>
        </form>
      </Table.Td>
    </Table.Tr>
  );
}
