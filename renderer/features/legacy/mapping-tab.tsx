import { Alert, Button, Group } from '@mantine/core';
import { useRef } from 'react';
import { useCommands } from '#renderer/commands/registry.ts';
import { DiagnosticList } from '#renderer/components/diagnostic-list.tsx';
import { LoadingState } from '#renderer/components/loading-state.tsx';
import { Panel } from '#renderer/components/panel.tsx';
import { TroubleState } from '#renderer/components/trouble-state.tsx';
import { TroubleText } from '#renderer/components/trouble-text.tsx';
import { toTrouble } from '#renderer/engine/trouble.ts';
import classes from '#renderer/features/legacy/legacy.module.css';
import { SettingsNeeded } from '#renderer/features/legacy/settings-needed.tsx';
import { useMapping } from '#renderer/features/legacy/use-mapping.ts';
import { useProject } from '#renderer/project/project-context.tsx';
import { MappingEditor } from '#renderer/setup/mapping-editor.tsx';
import { MappingPreviewView } from '#renderer/setup/mapping-preview.tsx';
import { useMappingPreview } from '#renderer/setup/use-mapping-preview.ts';

const NO_COLUMNS: readonly string[] = [];

/** Columns to attributes, with what becomes of real rows beside it; kept as a draft until it is saved. */
export function MappingTab() {
  const { folder } = useProject();
  const mapping = useMapping();
  const { settings, fields } = mapping;
  const preview = useMappingPreview(folder, fields);
  const columns = useRef(NO_COLUMNS);
  // An answer that did not come must not empty the lists to pick from.
  columns.current = preview.data?.columns ?? columns.current;
  useCommands([
    {
      id: 'mapping.save',
      title: 'Save the mapping',
      group: 'Edit',
      shortcut: 'mod+s',
      whileTyping: true,
      enabled: mapping.canSave,
      run: mapping.save,
    },
    {
      id: 'mapping.revert',
      title: 'Throw the changes to the mapping away',
      group: 'Edit',
      enabled: mapping.dirty,
      run: mapping.revert,
    },
    {
      id: 'mapping.propose',
      title: 'Propose a mapping',
      group: 'Edit',
      enabled: !mapping.proposing,
      run: mapping.propose,
    },
  ]);
  if (settings.isError)
    return <TroubleState trouble={toTrouble(settings.error)} onRetry={() => void settings.refetch()} />;
  if (settings.data === undefined)
    return <LoadingState what="Reading the settings" onCancel={() => window.history.back()} />;
  if (fields === null) return <SettingsNeeded diagnostics={settings.data.diagnostics} />;
  const trouble = mapping.error === null ? null : toTrouble(mapping.error);
  return (
    <>
      {trouble !== null && trouble.kind !== 'cancelled' && (
        <Alert color="red" mb="md" title={trouble.title}>
          <TroubleText trouble={trouble} />
        </Alert>
      )}
      <div className={classes.mapping}>
        <Panel title="Mapping" actions={<MappingActions mapping={mapping} />}>
          <MappingEditor
            fields={fields}
            columns={columns.current.map((name) => ({ name }))}
            onChange={mapping.edit}
          />
        </Panel>
        <div className={classes.beside}>
          <Panel title="What becomes of them" lead="Real rows, under the mapping as it stands here.">
            {fields.id === undefined ? (
              <Alert color="yellow">Without a user id there are no profiles. Pick its column.</Alert>
            ) : preview.isError ? (
              <TroubleState trouble={toTrouble(preview.error)} onRetry={() => void preview.refetch()} />
            ) : (
              <>
                <DiagnosticList diagnostics={preview.data?.diagnostics ?? []} />
                <MappingPreviewView preview={preview.data?.preview ?? []} stale={preview.isFetching} />
              </>
            )}
          </Panel>
        </div>
      </div>
    </>
  );
}

function MappingActions({ mapping }: { readonly mapping: ReturnType<typeof useMapping> }) {
  return (
    <Group gap="xs" wrap="nowrap">
      {mapping.proposing ? (
        <Button variant="subtle" color="gray" onClick={mapping.cancelProposal}>
          Cancel the proposal
        </Button>
      ) : (
        <Button variant="subtle" color="gray" onClick={mapping.propose}>
          Propose
        </Button>
      )}
      <Button variant="default" disabled={!mapping.dirty} onClick={mapping.revert}>
        Throw away
      </Button>
      <Button disabled={!mapping.canSave} loading={mapping.saving} onClick={mapping.save}>
        Save
      </Button>
    </Group>
  );
}
