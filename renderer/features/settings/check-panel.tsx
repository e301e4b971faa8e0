import { Button, Text } from '@mantine/core';
import { IconListCheck } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCommands } from '#renderer/commands/registry.ts';
import { DiagnosticList } from '#renderer/components/diagnostic-list.tsx';
import { LoadingState } from '#renderer/components/loading-state.tsx';
import { Panel } from '#renderer/components/panel.tsx';
import { TroubleState } from '#renderer/components/trouble-state.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { toTrouble } from '#renderer/engine/trouble.ts';
import { projectKey, useProject } from '#renderer/project/project-context.tsx';

/** Everything that stands in the way of a rehearsal, with what mends it. Asks the database, so only when it is wanted. */
export function CheckPanel() {
  const client = useClient();
  const queries = useQueryClient();
  const { folder } = useProject();
  const queryKey = projectKey(folder, 'check');
  const check = useQuery({
    queryKey,
    queryFn: ({ signal }) => client.projects.check({ project: folder }, { signal }),
    enabled: false,
    staleTime: Infinity,
  });
  const run = (): void => void check.refetch();
  useCommands([{ id: 'project.check', title: 'Check the project', group: 'Project', run }]);
  const found = check.data?.diagnostics ?? [];
  return (
    <Panel
      title="Check"
      lead="Settings, connection, mapping and scripts, as a trial would use them."
      actions={
        <Button
          variant="default"
          leftSection={<IconListCheck size={15} aria-hidden />}
          disabled={check.isFetching}
          onClick={run}
        >
          Check the project
        </Button>
      }
    >
      <div role="status">
        {check.isFetching ? (
          <LoadingState
            what="Checking the project"
            onCancel={() => void queries.cancelQueries({ queryKey })}
          />
        ) : (
          <Text size="sm" c="dimmed">
            {check.data === undefined && !check.isError && 'Not checked since the app was opened.'}
            {check.data !== undefined && found.length === 0 && 'Nothing stands in the way of a trial.'}
          </Text>
        )}
      </div>
      {check.isError && !check.isFetching && <TroubleState trouble={toTrouble(check.error)} onRetry={run} />}
      {!check.isFetching && found.length > 0 && <DiagnosticList diagnostics={found} />}
    </Panel>
  );
}
