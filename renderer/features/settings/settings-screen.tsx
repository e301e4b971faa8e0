import { Tabs } from '@mantine/core';
import { useLocation } from 'wouter';
import { Screen } from '#renderer/components/screen.tsx';
import { AppSettings } from '#renderer/features/settings/app-settings.tsx';
import { ProjectSettingsForm } from '#renderer/features/settings/project-settings-form.tsx';
import { SecretsPanel } from '#renderer/features/settings/secrets-panel.tsx';
import { SettingsText } from '#renderer/features/settings/settings-text.tsx';
import { ShortcutSettings } from '#renderer/features/settings/shortcut-settings.tsx';

const TABS = [
  { value: 'project', title: 'Project' },
  { value: 'secrets', title: 'Secrets' },
  { value: 'file', title: 'userferry.json' },
  { value: 'app', title: 'Appearance and privacy' },
  { value: 'shortcuts', title: 'Shortcuts' },
] as const;

/** What this project and this installation are set to. */
export function SettingsScreen() {
  const [location, navigate] = useLocation();
  const tab = TABS.find(({ value }) => location === `/${value}`)?.value ?? 'project';
  return (
    <Tabs value={tab} onChange={(value) => navigate(`/${value ?? 'project'}`)} keepMounted={false} h="100%">
      <Screen
        title="Settings"
        toolbar={
          <Tabs.List>
            {TABS.map(({ value, title }) => (
              <Tabs.Tab key={value} value={value}>
                {title}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        }
      >
        <Tabs.Panel value="project" pt="md">
          <ProjectSettingsForm />
        </Tabs.Panel>
        <Tabs.Panel value="secrets" pt="md">
          <SecretsPanel />
        </Tabs.Panel>
        <Tabs.Panel value="file" pt="md">
          <SettingsText />
        </Tabs.Panel>
        <Tabs.Panel value="app" pt="md">
          <AppSettings />
        </Tabs.Panel>
        <Tabs.Panel value="shortcuts" pt="md">
          <ShortcutSettings />
        </Tabs.Panel>
      </Screen>
    </Tabs>
  );
}
