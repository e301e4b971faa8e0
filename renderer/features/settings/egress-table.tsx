import { ActionIcon, Button, Group, Table, Text, TextInput, VisuallyHidden } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { ProjectSettings } from '#contract/project-settings.ts';

type Hosts = ProjectSettings['egress'];

interface EgressTableProps {
  readonly hosts: Hosts;
  readonly onChange: (hosts: Hosts) => void;
}

export function EgressTable({ hosts, onChange }: EgressTableProps) {
  return (
    <>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Host</Table.Th>
            <Table.Th w={120}>Port</Table.Th>
            <Table.Th w={60}>
              <VisuallyHidden>Actions</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {hosts.length === 0 && (
            <Table.Tr>
              <Table.Td colSpan={3}>
                <Text size="sm" c="dimmed">
                  Only the legacy database.
                </Text>
              </Table.Td>
            </Table.Tr>
          )}
          {hosts.map((host, index) => (
            <Table.Tr key={`${host.host}:${host.port}`}>
              <Table.Td className="uf-mono">{host.host}</Table.Td>
              <Table.Td className="uf-mono">{host.port === '*' ? 'any' : host.port}</Table.Td>
              <Table.Td>
                <ActionIcon
                  size="sm"
                  aria-label={`Refuse ${host.host} from now on`}
                  onClick={() => onChange(hosts.filter((_one, place) => place !== index))}
                >
                  <IconX size={14} aria-hidden />
                </ActionIcon>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <AddHost
        onAdd={(added) => {
          const known = hosts.some(({ host, port }) => host === added.host && port === added.port);
          if (!known) onChange([...hosts, added]);
        }}
      />
    </>
  );
}

function AddHost({ onAdd }: { readonly onAdd: (host: Hosts[number]) => void }) {
  const [host, setHost] = useState('');
  const [port, setPort] = useState('443');
  const number = Number(port);
  const portError =
    port === '*' || (Number.isInteger(number) && number > 0 && number < 65_536)
      ? null
      : 'A number up to 65535, or *';
  const add = (): void => {
    onAdd({ host: host.trim(), port: port === '*' ? '*' : number });
    setHost('');
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (host.trim() !== '' && portError === null) add();
      }}
    >
      <Group gap="xs" p="sm" align="flex-start">
        <TextInput
          aria-label="Host to allow"
          placeholder="passwords.internal.example"
          size="xs"
          w={320}
          spellCheck={false}
          value={host}
          onChange={(event) => setHost(event.currentTarget.value)}
        />
        <TextInput
          aria-label="Port to allow"
          size="xs"
          w={110}
          value={port}
          error={portError}
          onChange={(event) => setPort(event.currentTarget.value)}
        />
        <Button
          type="submit"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          disabled={host.trim() === '' || portError !== null}
        >
          Allow
        </Button>
      </Group>
    </form>
  );
}
