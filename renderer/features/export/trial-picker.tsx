import { Checkbox, Skeleton, Table, Text } from '@mantine/core';
import type { TrialRecord } from '#contract/trial-record.ts';
import { formatCount, useMoment } from '#renderer/components/format.ts';
import { Panel } from '#renderer/components/panel.tsx';
import { recordsOf, useTrials } from '#renderer/project/use-trials.ts';

interface TrialPickerProps {
  readonly value: readonly string[];
  readonly onChange: (trials: readonly string[]) => void;
}

/** Finished trials; the chosen ones stand for what is exported. */
export function TrialPicker({ value, onChange }: TrialPickerProps) {
  const trials = useTrials();
  const finished = recordsOf(trials.data).filter(({ status }) => status === 'finished');
  const toggle = (id: string): void =>
    onChange(value.includes(id) ? value.filter((one) => one !== id) : [...value, id]);
  return (
    <Panel title="Trials that stand for it" flush>
      {trials.data === undefined ? (
        <Skeleton height={90} m="md" width="auto" />
      ) : (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Trial</Table.Th>
              <Table.Th w={120}>Kind, depth</Table.Th>
              <Table.Th w={70}>Failed</Table.Th>
              <Table.Th w={195}>Made</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {finished.map((record) => (
              <TrialLine
                key={record.id}
                record={record}
                checked={value.includes(record.id)}
                onToggle={() => toggle(record.id)}
              />
            ))}
            {finished.length === 0 && (
              <Table.Tr>
                <Table.Td colSpan={4}>
                  <Text size="sm" c="dimmed">
                    No trial is finished. Without one, scripts can only go out labelled unvalidated.
                  </Text>
                </Table.Td>
              </Table.Tr>
            )}
          </Table.Tbody>
        </Table>
      )}
    </Panel>
  );
}

interface TrialLineProps {
  readonly record: TrialRecord;
  readonly checked: boolean;
  readonly onToggle: () => void;
}

function TrialLine({ record, checked, onToggle }: TrialLineProps) {
  const moment = useMoment();
  const failed = record.phases.reduce((sum, phase) => sum + phase.failed, 0);
  return (
    <Table.Tr>
      <Table.Td>
        <Checkbox
          size="xs"
          checked={checked}
          onChange={onToggle}
          label={
            <span className="uf-mono" style={{ whiteSpace: 'nowrap' }}>
              {record.id}
            </span>
          }
        />
      </Table.Td>
      <Table.Td>
        {record.options.kind}
        {record.options.kind !== 'bulk' && `, ${record.options.depth}`}
      </Table.Td>
      <Table.Td className="uf-number">{formatCount(failed)}</Table.Td>
      <Table.Td className="uf-number">{moment(record.createdAt)}</Table.Td>
    </Table.Tr>
  );
}
