import { Group, Modal, Stack, Text, Title } from '@mantine/core';
import classes from '#renderer/commands/shortcut-sheet.module.css';
import { Keys } from '#renderer/commands/keys.tsx';
import { type Command, useCommandRegistry } from '#renderer/commands/registry.ts';
import { effectiveShortcut } from '#renderer/commands/use-shortcuts.ts';
import { usePreferences } from '#renderer/stores/preferences.ts';

interface ShortcutSheetProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** All keys that do something on this screen. */
export function ShortcutSheet({ opened, onClose }: ShortcutSheetProps) {
  const commands = useCommandRegistry((registry) => registry.commands);
  const changed = usePreferences((preferences) => preferences.shortcuts);
  const groups = Map.groupBy(
    [...commands.values()].filter((command) => effectiveShortcut(command, changed) !== null),
    (command) => command.group,
  );
  return (
    <Modal opened={opened} onClose={onClose} title="Keyboard shortcuts" size="lg">
      <div className={classes.groups}>
        {[...groups].map(([group, members]) => (
          <Stack key={group} gap={6} className={classes.group ?? ''}>
            <Title order={3}>{group}</Title>
            {members.map((command) => (
              <ShortcutLine
                key={command.id}
                command={command}
                keys={effectiveShortcut(command, changed) ?? ''}
              />
            ))}
          </Stack>
        ))}
      </div>
      <Text size="xs" c="dimmed" mt="lg">
        Keys can be changed in Settings.
      </Text>
    </Modal>
  );
}

function ShortcutLine({ command, keys }: { readonly command: Command; readonly keys: string }) {
  return (
    <Group justify="space-between" wrap="nowrap">
      <Text size="sm">{command.title}</Text>
      <Keys shortcut={keys} />
    </Group>
  );
}
