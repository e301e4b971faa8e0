import { Button, Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import { IconFolderOpen, IconPlugConnected } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Panel } from '#renderer/components/panel.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { StepFoot } from '#renderer/features/home/wizard/step-foot.tsx';
import { useConnect } from '#renderer/features/home/wizard/use-connect.ts';
import classes from '#renderer/features/home/wizard/wizard.module.css';
import { usePicker } from '#renderer/files/use-picker.tsx';
import { ConnectionForm } from '#renderer/setup/connection-form.tsx';
import { connectionOf, type DraftErrors, emptyDraft, ENGINES } from '#renderer/setup/connection-draft.ts';
import { useWizard } from '#renderer/stores/wizard.ts';

/** Where the project goes, and where the legacy users are. */
export function ConnectStep({ onDone }: { readonly onDone: () => void }) {
  const { draft, set } = useWizard();
  const [password, setPassword] = useState('');
  const [errors, setErrors] = useState<DraftErrors>({});
  const { parent, name, test, create } = useConnect(password, onDone);
  const valid = (): boolean => {
    const checked = connectionOf(draft);
    const found: DraftErrors = {
      ...('errors' in checked ? checked.errors : {}),
      ...(name.trim() === '' ? { name: 'A project needs a name' } : {}),
    };
    setErrors(found);
    return Object.keys(found).length === 0;
  };
  return (
    <Stack gap="md">
      <Panel title="Project">
        <PlaceFields parent={parent} error={errors['name']} />
      </Panel>
      <Panel title="Legacy database">
        <Stack gap="md">
          <Radio.Group
            aria-label="Kind of legacy database"
            value={draft.engine}
            onChange={(engine) => set({ draft: emptyDraft(engine) })}
          >
            <div className={classes.engines}>
              {ENGINES.map(({ engine, title, lead }) => (
                <Radio.Card key={engine} value={engine} className={classes.engine ?? ''}>
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
          <ConnectionForm
            draft={draft}
            errors={errors}
            onChange={(changed) => set({ draft: changed })}
            password={password}
            onPassword={setPassword}
            passwordHint="kept in a file that only you may read"
          />
        </Stack>
      </Panel>
      <StepFoot
        action="Create the project"
        busy={create.isPending}
        error={create.error ?? test.error}
        onNext={() => valid() && create.mutate()}
      >
        <Group gap="sm">
          <Button
            variant="default"
            size="sm"
            leftSection={<IconPlugConnected size={15} aria-hidden />}
            loading={test.isPending}
            onClick={() => valid() && test.mutate()}
          >
            Test the connection
          </Button>
          <Text size="sm" c="dimmed" role="status">
            {test.data !== undefined &&
              `Connected to ${test.data.version} in ${Math.round(test.data.ms)} ms. ${test.data.readOnly.how}`}
          </Text>
        </Group>
      </StepFoot>
    </Stack>
  );
}

function PlaceFields({ parent, error }: { readonly parent: string; readonly error: string | undefined }) {
  const client = useClient();
  const { name, set } = useWizard();
  useQuery({
    queryKey: ['browse', ''],
    queryFn: () => client.files.browse({}),
    staleTime: Infinity,
  });
  const picker = usePicker({
    title: 'Choose where the project’s folder is made',
    pick: 'folder',
    action: 'Use this folder',
    start: parent,
    onPick: (folder) => set({ parent: folder }),
  });
  return (
    <Group gap="sm" align="flex-start" wrap="nowrap">
      <TextInput
        label="Name"
        placeholder="acme-migration"
        w={260}
        value={name}
        error={error}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <TextInput
        label="In the folder"
        style={{ flex: 1 }}
        value={parent}
        spellCheck={false}
        onChange={(event) => set({ parent: event.currentTarget.value })}
      />
      <Button
        variant="default"
        h={36}
        mt={23}
        leftSection={<IconFolderOpen size={14} aria-hidden />}
        onClick={picker.open}
      >
        Choose
      </Button>
      {picker.dialog}
    </Group>
  );
}
