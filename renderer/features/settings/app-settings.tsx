import { SegmentedControl, Stack, Switch, Text, useMantineColorScheme } from '@mantine/core';
import type { ReactNode } from 'react';
import { Panel } from '#renderer/components/panel.tsx';
import classes from '#renderer/features/settings/app-settings.module.css';
import { SecretProtectionPanel } from '#renderer/features/settings/secret-protection.tsx';
import { usePreferences } from '#renderer/stores/preferences.ts';

/** Choices that hold for every project on this machine. */
export function AppSettings() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { timeZone, personalData, set } = usePreferences();
  return (
    <Stack gap="md">
      <Panel title="Appearance and privacy" lead="For every project on this machine.">
        <Stack gap={0}>
          <Line title="Colours" lead="High contrast and reduced motion follow the system.">
            <SegmentedControl
              aria-label="Colours"
              value={colorScheme}
              onChange={(scheme) => setColorScheme(scheme)}
              data={[
                { value: 'auto', label: 'As the system' },
                { value: 'light', label: 'Light' },
                { value: 'dark', label: 'Dark' },
              ]}
            />
          </Line>
          <Line title="Times" lead="Tenant logs are in UTC.">
            <SegmentedControl
              aria-label="Times"
              value={timeZone}
              onChange={(zone) => set({ timeZone: zone })}
              data={[
                { value: 'utc', label: 'UTC' },
                { value: 'local', label: 'Local' },
              ]}
            />
          </Line>
          <Line
            title="Personal data"
            lead="Names and addresses of people on screens and in what is exported from them. Hashes are never shown."
          >
            <Switch
              aria-label="Show personal data"
              checked={personalData}
              onChange={(event) => set({ personalData: event.currentTarget.checked })}
            />
          </Line>
        </Stack>
      </Panel>
      <SecretProtectionPanel />
    </Stack>
  );
}

interface LineProps {
  readonly title: string;
  readonly lead: string;
  readonly children: ReactNode;
}

function Line({ title, lead, children }: LineProps) {
  return (
    <div className={classes.line}>
      <div>
        <Text size="sm" fw={560}>
          {title}
        </Text>
        <Text size="xs" c="dimmed">
          {lead}
        </Text>
      </div>
      {children}
    </div>
  );
}
