import { Alert, Button, Group, Radio, Skeleton, Stack, Text } from '@mantine/core';
import { IconLock, IconLockOpen2, IconPlayerStop, IconPlugConnected } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ProjectSettings } from '#contract/project-settings.ts';
import { useCommands } from '#renderer/commands/registry.ts';
import { formatMs } from '#renderer/components/format.ts';
import { Panel } from '#renderer/components/panel.tsx';
import { TroubleState } from '#renderer/components/trouble-state.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { TroubleText } from '#renderer/components/trouble-text.tsx';
import { toTrouble } from '#renderer/engine/trouble.ts';
import { EnvironmentPanel } from '#renderer/features/legacy/environment-panel.tsx';
import classes from '#renderer/features/legacy/legacy.module.css';
import { SettingsNeeded } from '#renderer/features/legacy/settings-needed.tsx';
import { useConnection } from '#renderer/features/legacy/use-connection.ts';
import { projectKey, useProject } from '#renderer/project/project-context.tsx';
import { ConnectionForm } from '#renderer/setup/connection-form.tsx';
import { draftOf, emptyDraft, ENGINES } from '#renderer/setup/connection-draft.ts';

/** Where the legacy users are; tested as it stands in the form, before it is saved. */
export function ConnectionTab() {
  const client = useClient();
  const { folder } = useProject();
  const file = useQuery({
    queryKey: projectKey(folder, 'settings'),
    queryFn: ({ signal }) => client.settings.read({ project: folder }, { signal }),
  });
  if (file.isError)
    return <TroubleState trouble={toTrouble(file.error)} onRetry={() => void file.refetch()} />;
  if (file.data === undefined) return <Skeleton height={320} />;
  if (file.data.settings === null) return <SettingsNeeded diagnostics={file.data.diagnostics} />;
  return (
    <div className={classes.connection}>
      <ConnectionEditor legacy={file.data.settings.legacy} />
      <EnvironmentPanel />
    </div>
  );
}

function ConnectionEditor({ legacy }: { readonly legacy: ProjectSettings['legacy'] }) {
  const { legacy: summary } = useProject();
  const form = useConnection(legacy);
  useCommands([
    { id: 'connection.test', title: 'Test the connection', group: 'Project', run: form.test },
    {
      id: 'connection.save',
      title: 'Save the connection',
      group: 'Edit',
      shortcut: 'mod+s',
      whileTyping: true,
      enabled: form.dirty && !form.saving,
      run: form.save,
    },
  ]);
  return (
    <Panel
      title="Legacy database"
      lead="Trials and scripts read from here. Test it as it stands, then save it."
      actions={
        form.dirty && (
          <Button variant="subtle" color="gray" onClick={form.revert}>
            Throw away
          </Button>
        )
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          form.test();
        }}
      >
        <Stack gap="md">
          <Radio.Group
            aria-label="Kind of legacy database"
            value={form.draft.engine}
            onChange={(engine) => form.edit(legacy.engine === engine ? draftOf(legacy) : emptyDraft(engine))}
          >
            <Group gap="md">
              {ENGINES.map(({ engine, title }) => (
                <Radio key={engine} value={engine} label={title} size="xs" />
              ))}
            </Group>
          </Radio.Group>
          <ConnectionForm
            draft={form.draft}
            errors={form.errors}
            onChange={form.edit}
            password={form.password}
            onPassword={form.typePassword}
            passwordHint={summary?.passwordSet === true ? 'set; leave empty to keep it' : ''}
          />
          {form.trouble !== null && (
            <Alert color="red" title={form.trouble.title}>
              <TroubleText trouble={form.trouble} />
            </Alert>
          )}
          <Group justify="space-between" wrap="nowrap" align="flex-start">
            {form.testing ? (
              // Keyed: as one element, the click that cancels would become one that submits.
              <Button
                key="cancel"
                variant="default"
                leftSection={<IconPlayerStop size={15} aria-hidden />}
                onClick={form.cancel}
              >
                Cancel the test
              </Button>
            ) : (
              <Button
                key="test"
                type="submit"
                variant="default"
                leftSection={<IconPlugConnected size={15} aria-hidden />}
              >
                Test the connection
              </Button>
            )}
            <div role="status" className={classes.answer}>
              {form.testing && <Text size="sm">Connecting…</Text>}
              {form.answer !== null && <Answer {...form.answer} />}
            </div>
            <Button disabled={!form.dirty} loading={form.saving} onClick={form.save}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}

interface AnswerProps {
  readonly version: string;
  readonly readOnly: { readonly enforced: boolean; readonly how: string };
  readonly ms: number;
}

function Answer({ version, readOnly, ms }: AnswerProps) {
  const Icon = readOnly.enforced ? IconLock : IconLockOpen2;
  return (
    <Group gap={8} wrap="nowrap" align="flex-start">
      <Icon size={16} aria-hidden className={readOnly.enforced ? classes.good : classes.warned} />
      <div>
        <Text size="sm">
          Connected to {version} in {formatMs(ms)}
        </Text>
        <Text size="xs" c="dimmed">
          {readOnly.enforced ? 'Read-only' : 'Not read-only'}: {readOnly.how}
        </Text>
      </div>
    </Group>
  );
}
