import { Skeleton, Table } from '@mantine/core';

interface ModuleTableProps {
  readonly modules:
    | readonly {
        readonly name: string;
        readonly versions: readonly string[];
        readonly default: string;
        readonly testedAgainst: string;
      }[]
    | null;
}

export function ModuleTable({ modules }: ModuleTableProps) {
  if (modules === null) return <Skeleton height={240} m="md" width="auto" />;
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={180}>Module</Table.Th>
          <Table.Th w={300}>Versions</Table.Th>
          <Table.Th>Tested against</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {modules.map((one) => (
          <Table.Tr key={one.name}>
            <Table.Th scope="row" className="uf-mono" fw={500}>
              {one.name}
            </Table.Th>
            <Table.Td className="uf-mono">
              {one.versions.map((version, index) => (
                <span key={version}>
                  {index > 0 && ', '}
                  {version === one.default ? <b>{version}</b> : version}
                </span>
              ))}
            </Table.Td>
            <Table.Td>{one.testedAgainst}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
