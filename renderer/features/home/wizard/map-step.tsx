import { Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { LoadingState } from '#renderer/components/loading-state.tsx';
import { Panel } from '#renderer/components/panel.tsx';
import { TroubleState } from '#renderer/components/trouble-state.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { toTrouble } from '#renderer/engine/trouble.ts';
import { StepFoot } from '#renderer/features/home/wizard/step-foot.tsx';
import classes from '#renderer/features/home/wizard/wizard.module.css';
import { projectKey } from '#renderer/project/project-context.tsx';
import { type Fields, MappingEditor } from '#renderer/setup/mapping-editor.tsx';
import { MappingPreviewView } from '#renderer/setup/mapping-preview.tsx';
import { useMappingPreview } from '#renderer/setup/use-mapping-preview.ts';
import { useWizard } from '#renderer/stores/wizard.ts';

interface MapStepProps {
  readonly project: string;
  readonly onDone: () => void;
}

/** Columns to attributes, with what becomes of real rows beside it. */
export function MapStep({ project, onDone }: MapStepProps) {
  const client = useClient();
  const back = useWizard((wizard) => wizard.set);
  const [own, setOwn] = useState<Fields | null>(null);
  const settings = useQuery({
    queryKey: projectKey(project, 'settings'),
    queryFn: () => client.settings.read({ project }),
    staleTime: 0,
  });
  const fields = own ?? settings.data?.settings?.fields ?? null;
  const preview = useMappingPreview(project, fields);
  const save = useMutation({
    mutationFn: () =>
      client.settings.change({ project, changes: [{ path: ['fields'], to: fields as never }] }),
    onSuccess: onDone,
  });
  if (settings.isError)
    return <TroubleState trouble={toTrouble(settings.error)} onRetry={() => void settings.refetch()} />;
  if (fields === null) return <LoadingState what="Reading the settings" onCancel={() => back({ step: 1 })} />;
  return (
    <>
      <div className={classes.columns}>
        <Panel title="Mapping" lead="What is left at “nothing” is not migrated.">
          <MappingEditor
            fields={fields}
            columns={(preview.data?.columns ?? []).map((name) => ({ name }))}
            onChange={setOwn}
          />
        </Panel>
        <Panel title="What becomes of them" lead="Real rows; what is about people is masked.">
          {preview.isError ? (
            <TroubleState trouble={toTrouble(preview.error)} onRetry={() => void preview.refetch()} />
          ) : (
            <MappingPreviewView preview={preview.data?.preview ?? []} stale={preview.isFetching} />
          )}
          {preview.data?.diagnostics.map(({ code, message }) => (
            <Text key={code} size="sm" c="red" mt="xs">
              {message}
            </Text>
          ))}
        </Panel>
      </div>
      <StepFoot
        action="Keep this mapping"
        busy={save.isPending}
        disabled={fields.id === undefined}
        error={save.error}
        onNext={() => save.mutate()}
      />
    </>
  );
}
