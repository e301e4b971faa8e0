import { Alert, Button, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Facts } from '#renderer/components/facts.tsx';
import { formatCount, formatDuration } from '#renderer/components/format.ts';
import { Panel } from '#renderer/components/panel.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { toTrouble } from '#renderer/engine/trouble.ts';
import { costRequest, type SetupRequest } from '#renderer/features/trials/setup/trial-request.ts';
import classes from '#renderer/features/trials/setup/setup.module.css';
import { projectKey, useProject } from '#renderer/project/project-context.tsx';

interface CostPanelProps {
  /** Null while something is missing. */
  readonly request: SetupRequest | null;
  /** Why the start did not work. */
  readonly trouble: unknown;
  readonly children: ReactNode;
}

/** What the trial will take, before it begins. */
export function CostPanel({ request, trouble, children }: CostPanelProps) {
  const client = useClient();
  const { folder } = useProject();
  const [wanted] = useDebouncedValue(request === null ? null : JSON.stringify(costRequest(request)), 250);
  const cost = useQuery({
    queryKey: projectKey(folder, 'cost', wanted),
    queryFn: ({ signal }) =>
      client.trials.cost(JSON.parse(wanted ?? '') as ReturnType<typeof costRequest>, { signal }),
    enabled: wanted !== null,
    placeholderData: keepPreviousData,
  });
  const known = request === null ? undefined : cost.data;
  const dash = '–';
  return (
    <Panel
      title="What it will cost"
      lead={request !== null && cost.isFetching ? 'Counting users…' : 'On this machine'}
    >
      <div aria-live="polite" aria-busy={cost.isFetching}>
        <p className={classes.time}>
          {known === undefined ? dash : `about ${formatDuration(known.estimatedSeconds)}`}
        </p>
        <Facts
          facts={[
            { name: 'Users', value: known === undefined ? dash : formatCount(known.users) },
            { name: 'Script runs', value: known === undefined ? dash : formatCount(known.scriptRuns) },
            {
              name: 'True password checks',
              value: known === undefined ? dash : formatCount(known.passwordChecks),
            },
          ]}
        />
        <Text size="xs" c="dimmed" mt="xs" mih={36}>
          {known === undefined ? '' : `Reckoned with ${known.basis}.`}
        </Text>
      </div>
      {cost.isError && <Refused error={cost.error} onRetry={() => void cost.refetch()} />}
      {trouble !== null && <Refused error={trouble} />}
      <div className={classes.start}>{children}</div>
    </Panel>
  );
}

function Refused({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const { title, message, help } = toTrouble(error);
  return (
    <Alert color="red" title={title} mt="xs" role="alert">
      <Text size="xs">{message}</Text>
      {help !== null && (
        <Text size="xs" c="dimmed">
          {help}
        </Text>
      )}
      {onRetry !== undefined && (
        <Button variant="default" mt="xs" onClick={onRetry}>
          Count again
        </Button>
      )}
    </Alert>
  );
}
