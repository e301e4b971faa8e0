import { Table } from '@mantine/core';
import type { Report } from '#contract/report.ts';
import { Panel } from '#renderer/components/panel.tsx';
import classes from '#renderer/features/report/page/report.module.css';

/** Where the target's documentation leaves something open: what the rehearsal took for granted. */
export function Assumptions({ report }: { readonly report: Report }) {
  const changed = report.assumptions.filter((one) => !one.isDefault);
  const defaults = report.assumptions.filter((one) => one.isDefault);
  return (
    <Panel
      title="What was taken for granted"
      lead="Where public documentation of the target leaves something open; other values may give other numbers"
      flush
    >
      {changed.length > 0 && <AssumptionTable label="Changed for this project" rows={changed} />}
      {defaults.length > 0 && (
        <details className={classes.notes}>
          <summary>
            {changed.length === 0
              ? `${defaults.length} assumptions, all at their defaults`
              : `${defaults.length} more at their defaults`}
          </summary>
          <AssumptionTable label="At their defaults" rows={defaults} />
        </details>
      )}
    </Panel>
  );
}

interface AssumptionTableProps {
  readonly label: string;
  readonly rows: Report['assumptions'];
}

function AssumptionTable({ label, rows }: AssumptionTableProps) {
  return (
    <Table aria-label={label} className={classes.assumptions ?? ''}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={260}>Assumption</Table.Th>
          <Table.Th w={200}>Value</Table.Th>
          <Table.Th>Effect</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(({ name, value, effect }) => (
          <Table.Tr key={name}>
            <Table.Th scope="row" className="uf-mono">
              {name}
            </Table.Th>
            <Table.Td className="uf-mono">{value}</Table.Td>
            <Table.Td>{effect}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
