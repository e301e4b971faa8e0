import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { Keys } from '#renderer/commands/keys.tsx';
import { type Command, useCommandRegistry } from '#renderer/commands/registry.ts';
import { effectiveShortcut } from '#renderer/commands/use-shortcuts.ts';
import { usePreferences } from '#renderer/stores/preferences.ts';

const ORDER = ['Go to', 'Script', 'Trial', 'Report', 'Edit', 'Project', 'View', 'Help'];

/** Everything that can be done now, by typing a few letters of it. */
export function CommandPalette() {
  const commands = useCommandRegistry((registry) => registry.commands);
  const shortcuts = usePreferences((preferences) => preferences.shortcuts);
  return (
    <Spotlight
      attributes={{ content: { 'aria-label': 'Commands' } }}
      actions={groupsOf([...commands.values()], shortcuts)}
      shortcut={null}
      nothingFound="Nothing is called that"
      highlightQuery
      scrollable
      maxHeight={420}
      overlayProps={{ opacity: 0.45, blur: 0 }}
      searchProps={{
        placeholder: 'Type what you want to do',
        'aria-label': 'Search commands',
        leftSection: <IconSearch size={16} aria-hidden />,
      }}
    />
  );
}

function groupsOf(
  commands: readonly Command[],
  shortcuts: Readonly<Record<string, string | null>>,
): SpotlightActionGroupData[] {
  return ORDER.map((group) => ({
    group,
    actions: commands
      .filter((command) => command.group === group && command.enabled !== false)
      .map((command) => {
        const keys = effectiveShortcut(command, shortcuts);
        return {
          id: command.id,
          label: command.title,
          keywords: command.keywords ?? '',
          onClick: command.run,
          rightSection: keys === null ? null : <Keys shortcut={keys} />,
        };
      }),
  })).filter((group) => group.actions.length > 0);
}
