import { Table, Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { MappingPreview } from '#contract/legacy-users.ts';
import { DiagnosticList } from '#renderer/components/diagnostic-list.tsx';
import { Panel } from '#renderer/components/panel.tsx';
import { TroubleState } from '#renderer/components/trouble-state.tsx';
import { toTrouble } from '#renderer/engine/trouble.ts';
import classes from '#renderer/features/legacy/legacy.module.css';

interface QueryRowsProps {
  readonly trial: Pick<UseQueryResult<MappingPreview>, 'data' | 'error' | 'isFetching'>;
  readonly onRetry: () => void;
}

/** The first rows that the users query gives, masked as everywhere. */
export function QueryRows({ trial, onRetry }: QueryRowsProps) {
  const { data, error, isFetching } = trial;
  return (
    <Panel
      title="First rows"
      lead={
        <span role="status">
          {isFetching
            ? 'Asking the database…'
            : data === undefined
              ? 'Try the query to see what it gives; nothing is saved by that.'
              : data.rows.length === 0
                ? 'The query gives no row.'
                : `${data.rows.length} rows of ${data.columns.length} columns, as the query stood when it was tried.`}
        </span>
      }
      flush={data !== undefined && error === null}
    >
      {error !== null && !isFetching ? (
        <TroubleState trouble={toTrouble(error)} onRetry={onRetry} />
      ) : (
        data !== undefined && <Rows data={data} stale={isFetching} />
      )}
    </Panel>
  );
}

function Rows({ data, stale }: { readonly data: MappingPreview; readonly stale: boolean }) {
  return (
    <>
      {data.diagnostics.length > 0 && (
        <div className={classes.noticed}>
          <DiagnosticList diagnostics={data.diagnostics} />
        </div>
      )}
      <div
        className={classes.rows}
        data-stale={stale}
        tabIndex={0}
        role="region"
        aria-label="First rows, scrolled sideways"
      >
        <Table aria-label="First rows of the users query">
          <Table.Thead>
            <Table.Tr>
              {data.columns.map((name) => (
                <Table.Th key={name}>{name}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.rows.map(({ key, cells }, index) => (
              <Table.Tr key={`${JSON.stringify(key)} ${index}`}>
                {cells.map((cell, column) => (
                  <Table.Td key={data.columns[column]}>
                    {cell === null ? (
                      <Text span className={classes.null ?? ''}>
                        NULL
                      </Text>
                    ) : (
                      <span title={cell}>{cell}</span>
                    )}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </>
  );
}
