import { Button, Group, Menu, Pill, Text, TextInput } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { AuditRequest, ListedPerson } from '#contract/audit.ts';
import { ContextMenu } from '#renderer/commands/context-menu.tsx';
import { useCommands } from '#renderer/commands/registry.ts';
import { formatCount, useMoment } from '#renderer/components/format.ts';
import { DataGrid } from '#renderer/components/grid/data-grid.tsx';
import { JobButton } from '#renderer/components/job-button.tsx';
import { notifyTrouble } from '#renderer/components/notify.tsx';
import { Panel } from '#renderer/components/panel.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import type { AuditFilter } from '#renderer/features/audit/audit-draft.ts';
import classes from '#renderer/features/audit/audit.module.css';
import { peopleColumns } from '#renderer/features/audit/people-columns.tsx';
import { stateName } from '#renderer/features/audit/state-names.ts';
import { saveBlob } from '#renderer/files/save-text.ts';
import { useProject } from '#renderer/project/project-context.tsx';
import { projectPath } from '#renderer/project/routes.ts';
import { auditFile, MOST_PEOPLE } from '#renderer/stores/audit-runs.ts';
import { runFileJob, useFileJobs } from '#renderer/stores/file-jobs.ts';

interface PeoplePanelProps {
  /** When the list was made: its name. */
  readonly made: string;
  readonly people: readonly ListedPerson[];
  /** How many pass the filter. */
  readonly selected: number;
  readonly request: AuditRequest;
  readonly filter: AuditFilter;
  readonly busy: boolean;
  readonly onFilter: (filter: AuditFilter) => void;
}

const FORMS = { csv: 'text/csv', ndjson: 'application/x-ndjson' } as const;
type ListForm = keyof typeof FORMS;

/** The people behind the totals. */
export function PeoplePanel(props: PeoplePanelProps) {
  const { made, people, selected, request, filter, busy, onFilter } = props;
  const client = useClient();
  const moment = useMoment();
  const [domain, setDomain] = useState(filter.domain);
  const { folder } = useProject();
  const jobId = `audit ${folder}`;
  const job = useFileJobs(({ jobs }) => jobs[jobId]);
  const download = (form: ListForm): void => {
    const name = `audit.${form}`;
    const work = runFileJob(jobId, name, async (signal, report) => {
      await saveBlob(name, await auditFile(client, request, form, signal, report), FORMS[form]);
    });
    void work.catch(notifyTrouble);
  };
  const [, navigate] = useLocation();
  const [picked, setPicked] = useState<ListedPerson | null>(null);
  const tryPerson = ({ key }: ListedPerson): void => {
    if (key === null) return;
    const identifier = `key:${key.length === 1 ? String(key[0]) : JSON.stringify(key)}`;
    navigate(
      `~${projectPath(folder, 'scripts', 'get_user')}?${new URLSearchParams({ identifier }).toString()}`,
    );
  };
  useCommands([
    {
      id: 'audit.try',
      title: 'Try this person in get_user',
      group: 'Project',
      enabled: picked !== null && picked.key !== null,
      run: () => picked !== null && tryPerson(picked),
    },
    {
      id: 'audit.save-csv',
      title: 'Save the list of people as CSV',
      group: 'Project',
      enabled: !busy && job === undefined,
      run: () => download('csv'),
    },
    {
      id: 'audit.save-ndjson',
      title: 'Save the list of people as NDJSON',
      group: 'Project',
      enabled: !busy && job === undefined,
      run: () => download('ndjson'),
    },
  ]);
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
          <JobButton job={job} what="Saving">
            <Menu position="bottom-end" width={300}>
              <Menu.Target>
                <Button
                  variant="default"
                  leftSection={<IconDownload size={15} aria-hidden />}
                  disabled={busy}
                >
                  Save the list
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => download('csv')}>CSV, for a spreadsheet</Menu.Item>
                <Menu.Item onClick={() => download('ndjson')}>NDJSON, for a later audit</Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </JobButton>
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
                'aria-label': `Do not filter by ${stateName(state)}`,
                'aria-hidden': false,
                tabIndex: 0,
              }}
              onRemove={() => onFilter({ ...filter, states: [] })}
            >
              {stateName(state)}
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
        <ContextMenu className={classes.grid} commands={['audit.try', 'audit.save-csv', 'audit.save-ndjson']}>
          {shown === 0 ? (
            <Text size="sm" c="dimmed" p="md">
              Nobody.
            </Text>
          ) : (
            <DataGrid
              label="People of the audit"
              source={JSON.stringify([made, request.filter, request.personalData])}
              total={shown}
              columns={peopleColumns(request.filter.states ?? [], request.personalData, moment)}
              load={(at, limit) => Promise.resolve(people.slice(at, at + limit))}
              onSelect={setPicked}
              onOpen={tryPerson}
            />
          )}
        </ContextMenu>
      </div>
    </Panel>
  );
}
