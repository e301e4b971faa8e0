import { Group, Modal, SimpleGrid, Stack, Text, Title } from '@mantine/core';
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
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xl">
        {[...groups].map(([group, members]) => (
          <Stack key={group} gap={6}>
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
      </SimpleGrid>
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
