import { Radio, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { DiagnosticList } from '#renderer/components/diagnostic-list.tsx';
import { formatCount, formatDuration } from '#renderer/components/format.ts';
import { Panel } from '#renderer/components/panel.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { StepFoot } from '#renderer/features/home/wizard/step-foot.tsx';
import classes from '#renderer/features/home/wizard/wizard.module.css';
import { projectKey } from '#renderer/project/project-context.tsx';
import { projectPath } from '#renderer/project/routes.ts';
import { useWizard } from '#renderer/stores/wizard.ts';

const CHOICES = [
  {
    value: 'bulk',
    title: 'Bulk import, formats',
    lead: 'Every row becomes an import record; every stored hash is recognised. No script runs.',
    request: { kind: 'bulk', depth: 'formats' },
  },
  {
    value: 'lazy',
    title: 'Lazy migration, profiles',
    lead: 'get_user runs for the first 1,000 users, and its profile is compared with the mapped row.',
    request: { kind: 'lazy', depth: 'profiles', filter: { limit: 1000 } },
  },
] as const;

/** The project is checked, then a first small trial. */
export function TrialStep({ project }: { readonly project: string }) {
  const client = useClient();
  const [, navigate] = useLocation();
  const restart = useWizard((wizard) => wizard.restart);
  const [value, setValue] = useState<string>(CHOICES[0].value);
  const choice = CHOICES.find((one) => one.value === value) ?? CHOICES[0];
  const check = useQuery({
    queryKey: projectKey(project, 'check'),
    queryFn: ({ signal }) => client.projects.check({ project }, { signal }),
    staleTime: 0,
  });
  const cost = useQuery({
    queryKey: projectKey(project, 'cost', choice.value),
    queryFn: ({ signal }) => client.trials.cost({ project, ...choice.request }, { signal }),
  });
  const start = useMutation({
    mutationFn: () => client.trials.start({ project, ...choice.request }),
    onSuccess: (record) => {
      restart();
      navigate(projectPath(project, 'trials', record.id));
    },
  });
  const findings = check.data?.diagnostics ?? [];
  return (
    <Stack gap="md">
      <Panel title="What the check says">
        {check.isPending && (
          <Text size="sm" c="dimmed">
            Checking settings, connection, mapping and scripts…
          </Text>
        )}
        {check.isError && <Text size="sm">{check.error.message}</Text>}
        {check.data !== undefined && findings.length === 0 && (
          <Text size="sm">Nothing to complain about.</Text>
        )}
        {findings.length > 0 && <DiagnosticList diagnostics={findings} />}
      </Panel>
      <Panel title="First trial">
        <Radio.Group value={value} onChange={setValue} aria-label="First trial">
          <div className={classes.engines}>
            {CHOICES.map(({ value: one, title, lead }) => (
              <Radio.Card key={one} value={one} className={classes.engine ?? ''}>
                <Text size="sm" fw={580}>
                  {title}
                </Text>
                <Text size="xs" c="dimmed">
                  {lead}
                </Text>
              </Radio.Card>
            ))}
          </div>
        </Radio.Group>
      </Panel>
      <StepFoot
        action="Start the trial"
        busy={start.isPending}
        error={start.error ?? cost.error}
        onNext={() => start.mutate()}
      >
        <Text size="sm" c="dimmed" role="status">
          {cost.data !== undefined &&
            `${formatCount(cost.data.users)} users, ${formatCount(cost.data.scriptRuns)} script runs, about ${formatDuration(cost.data.estimatedSeconds)}.`}
        </Text>
      </StepFoot>
    </Stack>
  );
}
