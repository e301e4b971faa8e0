import { Badge, Button, Skeleton, Table } from '@mantine/core';
import { IconPackageExport } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Copyable } from '#renderer/components/copyable.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { useMoment } from '#renderer/components/format.ts';
import { Panel } from '#renderer/components/panel.tsx';
import { TroubleState } from '#renderer/components/trouble-state.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { toTrouble } from '#renderer/engine/trouble.ts';
import { titleOfFormat } from '#renderer/features/export/formats.ts';
import { projectKey, useProject } from '#renderer/project/project-context.tsx';

/** Exports that were made from this project, newest first. */
export function MadeExports({ onVerify }: { readonly onVerify: (folder: string) => void }) {
  const client = useClient();
  const moment = useMoment();
  const { folder } = useProject();
  const made = useQuery({
    queryKey: projectKey(folder, 'exports'),
    queryFn: async () => (await client.exports.list({ project: folder })).exports,
  });
  if (made.isError)
    return <TroubleState trouble={toTrouble(made.error)} onRetry={() => void made.refetch()} />;
  if (made.data === undefined) return <Skeleton height={160} />;
  if (made.data.length === 0)
    return (
      <EmptyState icon={IconPackageExport} title="Nothing has been exported">
        Exports made from this project are listed here, so that they can be verified later.
      </EmptyState>
    );
  return (
    <Panel title="Made from this project" flush>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={190}>Format</Table.Th>
            <Table.Th>Folder</Table.Th>
            <Table.Th w={190}>Made</Table.Th>
            <Table.Th w={200}>Standing</Table.Th>
            <Table.Th w={100}>Check</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {made.data.map((one) => (
            <Table.Tr key={one.folder + one.madeAt}>
              <Table.Td>{titleOfFormat(one.format)}</Table.Td>
              <Table.Td maw={0}>
                <Copyable text={one.folder} what="folder" />
              </Table.Td>
              <Table.Td className="uf-number">{moment(one.madeAt)}</Table.Td>
              <Table.Td>
                <Badge color={one.validated ? 'tide' : 'yellow'}>
                  {one.validated ? 'validated' : 'not validated'}
                </Badge>{' '}
                {one.signed && <Badge color="tide">signed</Badge>}
                {!one.there && <Badge color="gray">not there now</Badge>}
              </Table.Td>
              <Table.Td>
                <Button variant="default" disabled={!one.there} onClick={() => onVerify(one.folder)}>
                  Verify
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  );
}
