import { Tabs } from '@mantine/core';
import { useLocation } from 'wouter';
import { useCommands } from '#renderer/commands/registry.ts';
import { Screen } from '#renderer/components/screen.tsx';
import { ConnectionTab } from '#renderer/features/legacy/connection-tab.tsx';
import { FormatsTab } from '#renderer/features/legacy/formats-tab.tsx';
import { MappingTab } from '#renderer/features/legacy/mapping-tab.tsx';
import { QueryTab } from '#renderer/features/legacy/query-tab.tsx';
import { SchemaTab } from '#renderer/features/legacy/schema-tab.tsx';
import { UsersTab } from '#renderer/features/legacy/users-tab.tsx';

const TABS = [
  { value: 'users', title: 'Users', layout: 'workbench', Content: UsersTab },
  { value: 'query', title: 'Users query', layout: 'page', Content: QueryTab },
  { value: 'mapping', title: 'Mapping', layout: 'page', Content: MappingTab },
  { value: 'formats', title: 'Hash formats', layout: 'page', Content: FormatsTab },
  { value: 'schema', title: 'Schema', layout: 'workbench', Content: SchemaTab },
  { value: 'connection', title: 'Connection', layout: 'page', Content: ConnectionTab },
] as const;

/** The company's own database: who is in it, what they become, and how their passwords are stored. */
export function LegacyScreen() {
  const [location, navigate] = useLocation();
  const tab = TABS.find(({ value }) => location === `/${value}`) ?? TABS[0];
  useCommands(
    TABS.map(({ value, title }) => ({
      id: `legacy.${value}`,
      title: `Legacy: ${title.toLowerCase()}`,
      group: 'Go to',
      run: () => navigate(`/${value}`),
    })),
  );
  return (
    <Tabs
      value={tab.value}
      onChange={(value) => navigate(`/${value ?? 'users'}`)}
      keepMounted={false}
      h="100%"
    >
      <Screen
        title="Legacy"
        layout={tab.layout}
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
        {tab.layout === 'page' ? (
          <Tabs.Panel value={tab.value} pt="md">
            <tab.Content />
          </Tabs.Panel>
        ) : (
          <Tabs.Panel value={tab.value} style={{ display: 'flex', flex: 1, minWidth: 0, minHeight: 0 }}>
            <tab.Content />
          </Tabs.Panel>
        )}
      </Screen>
    </Tabs>
  );
}
