import { Button, Group, Pill, Text, TextInput } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { AuditRequest, ListedPerson } from '#contract/audit.ts';
import { formatCount } from '#renderer/components/format.ts';
import { DataGrid } from '#renderer/components/grid/data-grid.tsx';
import { notifyTrouble } from '#renderer/components/notify.tsx';
import { Panel } from '#renderer/components/panel.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import type { AuditFilter } from '#renderer/features/audit/audit-draft.ts';
import classes from '#renderer/features/audit/audit.module.css';
import { PEOPLE_COLUMNS, personLine } from '#renderer/features/audit/people-columns.tsx';
import { saveBlob } from '#renderer/files/save-text.ts';
import { auditLines, MOST_PEOPLE } from '#renderer/stores/audit-runs.ts';

interface PeoplePanelProps {
  readonly people: readonly ListedPerson[];
  /** How many pass the filter. */
  readonly selected: number;
  readonly request: AuditRequest;
  readonly filter: AuditFilter;
  readonly busy: boolean;
  readonly onFilter: (filter: AuditFilter) => void;
}

/** The people behind the totals. */
export function PeoplePanel(props: PeoplePanelProps) {
  const { people, selected, request, filter, busy, onFilter } = props;
  const client = useClient();
  const [domain, setDomain] = useState(filter.domain);
  const download = useMutation({
    mutationFn: async () =>
      saveBlob('audit.ndjson', await auditLines(client, request, personLine), 'application/x-ndjson'),
    onError: notifyTrouble,
  });
  const shown = Math.min(people.length, MOST_PEOPLE);
  return (
    <Panel
      title="People"
      lead={
        shown < selected
          ? `The first ${formatCount(shown)} of ${formatCount(selected)}; the file has all of them.`
          : `${formatCount(selected)} of them`
      }
      actions={
        <>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              onFilter({ ...filter, domain: domain.trim() });
            }}
          >
            <TextInput
              aria-label="E-mail domain"
              placeholder="e-mail domain, then Enter"
              size="xs"
              w={220}
              value={domain}
              onChange={(event) => setDomain(event.currentTarget.value)}
            />
          </form>
          <Button
            variant="default"
            leftSection={<IconDownload size={15} aria-hidden />}
            loading={download.isPending}
            disabled={busy}
            onClick={() => download.mutate()}
          >
            All as NDJSON
          </Button>
        </>
      }
      flush
    >
      {(filter.states.length > 0 || filter.domain !== '') && (
        <Group gap="xs" p="xs">
          {filter.states.map((state) => (
            <Pill
              key={state}
              withRemoveButton
              removeButtonProps={{
                'aria-label': `Do not filter by ${state}`,
                'aria-hidden': false,
                tabIndex: 0,
              }}
              onRemove={() => onFilter({ ...filter, states: [] })}
            >
              {state}
            </Pill>
          ))}
          {filter.domain !== '' && (
            <Pill
              withRemoveButton
              removeButtonProps={{
                'aria-label': 'Do not filter by domain',
                'aria-hidden': false,
                tabIndex: 0,
              }}
              onRemove={() => {
                setDomain('');
                onFilter({ ...filter, domain: '' });
              }}
            >
              {filter.domain}
            </Pill>
          )}
        </Group>
      )}
      <div className={classes.grid} data-busy={busy}>
        {shown === 0 ? (
          <Text size="sm" c="dimmed" p="md">
            Nobody.
          </Text>
        ) : (
          <DataGrid
            label="People of the audit"
            source={`${request.against.kind} ${filter.states.join()} ${filter.domain} ${shown} ${people[0]?.legacyId}`}
            total={shown}
            columns={PEOPLE_COLUMNS}
            load={(at, limit) => Promise.resolve(people.slice(at, at + limit))}
          />
        )}
      </div>
    </Panel>
  );
}
