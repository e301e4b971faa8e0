import { useMantineColorScheme } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { spotlight } from '@mantine/spotlight';
import { useLocation } from 'wouter';
import { useCommands } from '#renderer/commands/registry.ts';
import { ShortcutSheet } from '#renderer/commands/shortcut-sheet.tsx';
import { usePreferences } from '#renderer/stores/preferences.ts';

/** What can be done on every screen. */
export function BaseCommands() {
  const [, navigate] = useLocation();
  const [sheet, { open, close }] = useDisclosure(false);
  const { setColorScheme } = useMantineColorScheme();
  const { timeZone, personalData, sidebarCollapsed, set } = usePreferences();
  useCommands([
    {
      id: 'view.commands',
      title: 'Show all commands',
      group: 'View',
      shortcut: 'mod+k',
      whileTyping: true,
      run: spotlight.open,
    },
    {
      id: 'go.home',
      title: 'Go to Home',
      group: 'Go to',
      shortcut: 'alt+0',
      whileTyping: true,
      run: () => navigate('/'),
    },
    { id: 'go.diagnostics', title: 'Go to Diagnostics', group: 'Go to', run: () => navigate('/diagnostics') },
    {
      id: 'project.new',
      title: 'New project',
      group: 'Project',
      keywords: 'wizard create',
      run: () => navigate('/new'),
    },
    { id: 'help.shortcuts', title: 'Keyboard shortcuts', group: 'Help', shortcut: '?', run: open },
    { id: 'view.light', title: 'Use light colours', group: 'View', run: () => setColorScheme('light') },
    { id: 'view.dark', title: 'Use dark colours', group: 'View', run: () => setColorScheme('dark') },
    {
      id: 'view.system',
      title: 'Use the system’s colours',
      group: 'View',
      run: () => setColorScheme('auto'),
    },
    {
      id: 'view.sidebar',
      title: sidebarCollapsed ? 'Unfold the sidebar' : 'Fold the sidebar',
      group: 'View',
      shortcut: 'mod+b',
      run: () => set({ sidebarCollapsed: !sidebarCollapsed }),
    },
    {
      id: 'view.time-zone',
      title: timeZone === 'utc' ? 'Show local times' : 'Show times in UTC',
      group: 'View',
      run: () => set({ timeZone: timeZone === 'utc' ? 'local' : 'utc' }),
    },
    {
      id: 'view.personal-data',
      title: personalData ? 'Mask personal data' : 'Show personal data',
      group: 'View',
      keywords: 'privacy e-mail names',
      run: () => set({ personalData: !personalData }),
    },
  ]);
  return <ShortcutSheet opened={sheet} onClose={close} />;
}
