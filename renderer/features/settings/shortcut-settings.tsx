import { Button, Group, Table, Text, VisuallyHidden } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import { Keys } from '#renderer/commands/keys.tsx';
import { type Command, useCommandRegistry } from '#renderer/commands/registry.ts';
import { shortcutOf } from '#renderer/commands/shortcut.ts';
import { effectiveShortcut } from '#renderer/commands/use-shortcuts.ts';
import { notifyUndo } from '#renderer/components/notify.tsx';
import { Panel } from '#renderer/components/panel.tsx';
import { usePreferences } from '#renderer/stores/preferences.ts';

/** Keys of the commands that are offered now; a press sets them. */
export function ShortcutSettings() {
  const commands = useCommandRegistry((registry) => registry.commands);
  const { shortcuts, set } = usePreferences();
  const put = (command: Command, keys: string | null | undefined): void => {
    const before = shortcuts;
    const { [command.id]: _old, ...rest } = shortcuts;
    set({ shortcuts: keys === undefined ? rest : { ...rest, [command.id]: keys } });
    notifyUndo(`The keys of “${command.title}” are changed.`, () => set({ shortcuts: before }));
  };
  return (
    <Panel title="Shortcuts" lead="Press Change, then the keys. Esc leaves them as they are." flush>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Command</Table.Th>
            <Table.Th w={220}>Keys</Table.Th>
            <Table.Th w={260}>
              <VisuallyHidden>Actions</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {[...commands.values()].map((command) => (
            <ShortcutRow
              key={command.id}
              command={command}
              keys={effectiveShortcut(command, shortcuts)}
              takenBy={(keys) =>
                [...commands.values()].find(
                  (other) => other.id !== command.id && effectiveShortcut(other, shortcuts) === keys,
                )?.title ?? null
              }
              isOwn={command.id in shortcuts}
              onPut={(keys) => put(command, keys)}
            />
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  );
}

interface ShortcutRowProps {
  readonly command: Command;
  readonly keys: string | null;
  readonly isOwn: boolean;
  /** Title of another command with these keys. */
  readonly takenBy: (keys: string) => string | null;
  /** Undefined: back to the given keys. Null: none. */
  readonly onPut: (keys: string | null | undefined) => void;
}

function ShortcutRow({ command, keys, isOwn, takenBy, onPut }: ShortcutRowProps) {
  const [listening, setListening] = useState(false);
  const [clash, setClash] = useState<string | null>(null);
  const listen = (event: KeyboardEvent): void => {
    const pressed = shortcutOf(event.nativeEvent);
    if (!listening || pressed === null || pressed === 'tab') return;
    event.preventDefault();
    event.stopPropagation();
    if (pressed === 'escape') {
      setListening(false);
      return;
    }
    const other = takenBy(pressed);
    setClash(other === null ? null : `taken by “${other}”`);
    if (other !== null) return;
    setListening(false);
    onPut(pressed);
  };
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={500}>
        {command.title}
      </Table.Th>
      <Table.Td>
        {listening ? (
          <Text size="sm" role="status">
            {clash ?? 'press the keys'}
          </Text>
        ) : (
          keys !== null && <Keys shortcut={keys} />
        )}
      </Table.Td>
      <Table.Td>
        <Group gap="xs" justify="flex-end" wrap="nowrap">
          <Button
            variant="default"
            aria-label={`Change the keys of ${command.title}`}
            onClick={() => {
              setClash(null);
              setListening(true);
            }}
            onKeyDown={listen}
            onBlur={() => setListening(false)}
          >
            Change
          </Button>
          <Button
            variant="subtle"
            color="gray"
            disabled={!isOwn}
            aria-label={`Reset the keys of ${command.title}`}
            onClick={() => onPut(undefined)}
          >
            Reset
          </Button>
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
