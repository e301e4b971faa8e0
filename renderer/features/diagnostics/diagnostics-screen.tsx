import { Button, Table } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCommands } from '#renderer/commands/registry.ts';
import { Copyable } from '#renderer/components/copyable.tsx';
import { Panel } from '#renderer/components/panel.tsx';
import { Screen } from '#renderer/components/screen.tsx';
import { useClient, useConnectionStatus } from '#renderer/engine/engine-provider.tsx';
import { factsOfPage } from '#renderer/features/diagnostics/facts-of-page.ts';
import { ModuleTable } from '#renderer/features/diagnostics/module-table.tsx';

type Fact = readonly [name: string, value: string];

/** What a colleague or a bug report needs to know about this installation. No data of people is in it. */
export function DiagnosticsScreen() {
  const client = useClient();
  const status = useConnectionStatus();
  const clipboard = useClipboard({ timeout: 1500 });
  const versions = useQuery({ queryKey: ['versions'], queryFn: () => client.reference.versions({}) });
  const modules = useQuery({
    queryKey: ['modules'],
    queryFn: () => client.reference.modules({}),
    staleTime: Infinity,
  });
  const facts: readonly Fact[] = [
    ['Userferry', versions.data?.userferry ?? '…'],
    ['Engine runs on Node', versions.data?.node ?? '…'],
    ['Scripts run on the library of Node', versions.data?.scriptRuntime ?? '…'],
    ['Contract', versions.data?.contract ?? '…'],
    ['Connection to the engine', status.state],
    ...factsOfPage(),
  ];
  const copy = (): void => clipboard.copy(facts.map(([name, value]) => `${name}: ${value}`).join('\n'));
  useCommands([{ id: 'diagnostics.copy', title: 'Copy the diagnostics', group: 'Help', run: copy }]);
  return (
    <Screen
      title="Diagnostics"
      lead="Versions, mode and paths of this installation. Nothing about people or passwords is in it."
      actions={
        <Button
          variant="default"
          leftSection={
            clipboard.copied ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />
          }
          onClick={copy}
        >
          {clipboard.copied ? 'Copied' : 'Copy all'}
        </Button>
      }
    >
      <Panel title="This installation" flush>
        <Table>
          <Table.Tbody>
            {facts.map(([name, value]) => (
              <Table.Tr key={name}>
                <Table.Th scope="row" w={300} fw={500}>
                  {name}
                </Table.Th>
                <Table.Td>
                  <Copyable text={value} what={name} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Panel>
      <div style={{ height: 16 }} />
      <Panel title="Modules that scripts may require" flush>
        <ModuleTable modules={modules.data ?? null} />
      </Panel>
    </Screen>
  );
}
