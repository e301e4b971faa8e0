import { Group, Select, Skeleton, Stack, Text } from '@mantine/core';
import type { ProjectSettings } from '#contract/project-settings.ts';
import { Copyable } from '#renderer/components/copyable.tsx';
import { DiagnosticList } from '#renderer/components/diagnostic-list.tsx';
import { Panel } from '#renderer/components/panel.tsx';
import { TroubleState } from '#renderer/components/trouble-state.tsx';
import { toTrouble } from '#renderer/engine/trouble.ts';
import { CheckPanel } from '#renderer/features/settings/check-panel.tsx';
import { EgressTable } from '#renderer/features/settings/egress-table.tsx';
import { TextSetting } from '#renderer/features/settings/text-setting.tsx';
import { useSettings } from '#renderer/features/settings/use-settings.ts';
import { useProject } from '#renderer/project/project-context.tsx';

const COLOURS = [
  { value: 'red', label: 'Red: production' },
  { value: 'amber', label: 'Amber: staging' },
  { value: 'green', label: 'Green: test' },
  { value: 'blue', label: 'Blue: a copy' },
  { value: 'grey', label: 'Grey' },
];

/** Names, environment and hosts. The legacy connection and the mapping are on the Legacy screen. */
export function ProjectSettingsForm() {
  const { folder } = useProject();
  const { file, change } = useSettings();
  if (file.isError)
    return <TroubleState trouble={toTrouble(file.error)} onRetry={() => void file.refetch()} />;
  if (file.data === undefined) return <Skeleton height={320} />;
  const { settings, diagnostics } = file.data;
  return (
    <Stack gap="md">
      {diagnostics.length > 0 && (
        <Panel title="What is wrong with userferry.json">
          <DiagnosticList diagnostics={diagnostics} />
        </Panel>
      )}
      <Panel title="Project">
        <Group gap="xs" mb="sm">
          <Text size="sm" c="dimmed">
            Folder
          </Text>
          <Copyable text={folder} what="folder" />
        </Group>
        {settings !== null && (
          <Stack gap="sm" maw={560}>
            <TextSetting
              label="Name"
              value={settings.name}
              onSave={(to) => change('The name', { path: ['name'], to })}
            />
            <TextSetting
              label="Connection"
              description="The folder below database-connections, and the name in the tenant"
              value={settings.connection}
              onSave={(to) => change('The connection', { path: ['connection'], to })}
            />
            <TextSetting
              label="Test accounts"
              description="CSV with identifier and password, relative to the project; for trials at depth proven"
              value={settings.credentials ?? ''}
              onSave={(to) =>
                change('The file of test accounts', { path: ['credentials'], to: to === '' ? null : to })
              }
            />
          </Stack>
        )}
      </Panel>
      {settings !== null && (
        <>
          <Panel title="Environment" lead="Shown in the header of every screen.">
            <EnvironmentFields settings={settings} onChange={change} />
          </Panel>
          <Panel
            title="Hosts that scripts may reach"
            lead="The legacy database is always allowed; everything else is refused and reported."
            flush
          >
            <EgressTable
              hosts={settings.egress}
              onChange={(hosts) => change('The list of hosts', { path: ['egress'], to: hosts })}
            />
          </Panel>
          <CheckPanel />
        </>
      )}
    </Stack>
  );
}

interface EnvironmentFieldsProps {
  readonly settings: ProjectSettings;
  readonly onChange: ReturnType<typeof useSettings>['change'];
}

function EnvironmentFields({ settings, onChange }: EnvironmentFieldsProps) {
  const environment = settings.environment ?? null;
  const put = (label: string, colour: string): void =>
    onChange('The environment', { path: ['environment'], to: label === '' ? null : { label, colour } });
  return (
    <Group gap="sm" align="flex-start">
      <TextSetting
        label="Label"
        placeholder="production copy"
        value={environment?.label ?? ''}
        onSave={(label) => put(label, environment?.colour ?? 'grey')}
      />
      <Select
        label="Colour"
        w={200}
        data={COLOURS}
        allowDeselect={false}
        disabled={environment === null}
        value={environment?.colour ?? 'grey'}
        onChange={(colour) => put(environment?.label ?? '', colour ?? 'grey')}
      />
    </Group>
  );
}
