import { PasswordInput, SimpleGrid, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { LoadingState } from '#renderer/components/loading-state.tsx';
import { Panel } from '#renderer/components/panel.tsx';
import { TroubleState } from '#renderer/components/trouble-state.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { toTrouble } from '#renderer/engine/trouble.ts';
import { StepFoot } from '#renderer/features/home/wizard/step-foot.tsx';
import { projectKey } from '#renderer/project/project-context.tsx';
import { TemplatePicker } from '#renderer/setup/template-picker.tsx';
import { useTemplates } from '#renderer/setup/use-templates.ts';
import { useWizard } from '#renderer/stores/wizard.ts';

interface ScriptsStepProps {
  readonly project: string;
  readonly onDone: () => void;
}

/** A set of scripts to start from; the engineer's own can be pasted or put into the folder at any time. */
export function ScriptsStep({ project, onDone }: ScriptsStepProps) {
  const client = useClient();
  const back = useWizard((wizard) => wizard.set);
  const [name, setName] = useState<string | null>(null);
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const { templates, apply } = useTemplates(project);
  const secrets = useQuery({
    queryKey: projectKey(project, 'secrets'),
    queryFn: () => client.secrets.list({ project }),
    staleTime: 0,
  });
  const go = useMutation({
    mutationFn: async () => {
      if (name !== null) await apply(name);
      for (const [secret, value] of Object.entries(values)) {
        if (value !== '') await client.secrets.keep({ project, name: secret, value });
      }
      await secrets.refetch();
    },
    onSuccess: onDone,
  });
  if (templates.isError)
    return <TroubleState trouble={toTrouble(templates.error)} onRetry={() => void templates.refetch()} />;
  if (templates.data === undefined)
    return <LoadingState what="Reading the templates" onCancel={() => back({ step: 2 })} />;
  const missing = secrets.data?.secrets.filter((secret) => !secret.set) ?? [];
  return (
    <Stack gap="md">
      <Panel
        title="Scripts to start from"
        lead="The project has a small set for its database already; leave this empty to keep it."
      >
        <TemplatePicker templates={templates.data} value={name} onChange={setName} />
      </Panel>
      {missing.length > 0 && (
        <Panel title="Values that the scripts ask for" lead="Kept beside the project, readable only by you.">
          <SimpleGrid cols={2} spacing="sm">
            {missing.map((secret) => (
              <PasswordInput
                key={secret.name}
                label={secret.name}
                description={secret.usedBy.join(', ')}
                autoComplete="off"
                value={values[secret.name] ?? ''}
                onChange={(event) => setValues({ ...values, [secret.name]: event.currentTarget.value })}
              />
            ))}
          </SimpleGrid>
        </Panel>
      )}
      <StepFoot
        action={name === null ? 'Keep the scripts that are there' : 'Use this set'}
        busy={go.isPending}
        error={go.error}
        onNext={() => go.mutate()}
      >
        <Text size="xs" c="dimmed">
          Your own scripts: put them into database-connections in the project’s folder, or paste them on the
          Scripts screen.
        </Text>
      </StepFoot>
    </Stack>
  );
}
