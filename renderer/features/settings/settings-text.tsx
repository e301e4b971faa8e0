import { Alert, Button, Group, Skeleton, Stack, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCommands } from '#renderer/commands/registry.ts';
import { Copyable } from '#renderer/components/copyable.tsx';
import { DiagnosticList } from '#renderer/components/diagnostic-list.tsx';
import { notifyDone } from '#renderer/components/notify.tsx';
import { Panel } from '#renderer/components/panel.tsx';
import { TroubleState } from '#renderer/components/trouble-state.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { toTrouble } from '#renderer/engine/trouble.ts';
import { useSettings } from '#renderer/features/settings/use-settings.ts';
import { projectKey, useProject } from '#renderer/project/project-context.tsx';
import { useDrafts } from '#renderer/stores/drafts.ts';

/** The whole settings file as text. What is typed survives a reload until it is saved or thrown away. */
export function SettingsText() {
  const client = useClient();
  const queries = useQueryClient();
  const { folder } = useProject();
  const { file } = useSettings();
  const key = `settings:${folder}`;
  const baseKey = `${key}:base`;
  const { texts, keep, drop } = useDrafts();
  const draft = texts[key];
  const forget = (): void => {
    drop(key);
    drop(baseKey);
  };
  const type = (text: string): void => {
    if (text === file.data?.text) return forget();
    // Saving must not cover what somebody else wrote since the draft began, whatever was read meanwhile.
    if (draft === undefined) keep(baseKey, file.data?.checksum ?? '');
    keep(key, text);
  };
  const save = useMutation({
    mutationFn: (text: string) =>
      client.settings.save({ project: folder, text, checksum: texts[baseKey] ?? file.data?.checksum ?? '' }),
    onSuccess: async (now) => {
      forget();
      queries.setQueryData(projectKey(folder, 'settings'), now);
      await queries.invalidateQueries({ queryKey: projectKey(folder) });
      notifyDone('userferry.json is saved.');
    },
    // Throwing the changes away must show what is there now.
    onError: () => file.refetch(),
  });
  const canSave = draft !== undefined && !save.isPending;
  useCommands([
    {
      id: 'settings.save',
      title: 'Save userferry.json',
      group: 'Edit',
      shortcut: 'mod+s',
      whileTyping: true,
      enabled: canSave,
      run: () => draft !== undefined && save.mutate(draft),
    },
  ]);
  if (file.isError)
    return <TroubleState trouble={toTrouble(file.error)} onRetry={() => void file.refetch()} />;
  if (file.data === undefined) return <Skeleton height={400} />;
  const trouble = save.error === null ? null : toTrouble(save.error);
  return (
    <Panel
      title="userferry.json"
      lead={<Copyable text={file.data.file} what="path" />}
      actions={
        <Group gap="xs">
          <Button variant="default" disabled={draft === undefined} onClick={forget}>
            Throw the changes away
          </Button>
          <Button disabled={!canSave} loading={save.isPending} onClick={() => save.mutate(draft ?? '')}>
            Save
          </Button>
        </Group>
      }
    >
      <Stack gap="sm">
        {trouble !== null && (
          <Alert color="red" title={trouble.title}>
            {trouble.message} {trouble.help}
          </Alert>
        )}
        <DiagnosticList diagnostics={file.data.diagnostics} />
        <Textarea
          aria-label="Text of userferry.json"
          autosize
          minRows={20}
          maxRows={40}
          spellCheck={false}
          classNames={{ input: 'uf-mono' }}
          value={draft ?? file.data.text}
          onChange={(event) => type(event.currentTarget.value)}
        />
      </Stack>
    </Panel>
  );
}
