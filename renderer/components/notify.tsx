import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { toTrouble } from '#renderer/engine/trouble.ts';

/** Tells that an edit was made, and offers to take it back. */
export function notifyUndo(message: string, undo: () => void): void {
  const id = notifications.show({
    autoClose: 10_000,
    color: 'tide',
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{message}</Text>
        <Button
          variant="subtle"
          onClick={() => {
            notifications.hide(id);
            undo();
          }}
        >
          Undo
        </Button>
      </Group>
    ),
  });
}

export function notifyDone(message: string): void {
  notifications.show({ message, color: 'tide', autoClose: 4_000 });
}

/** A call failed beside what is on the screen. Errors of the screen itself belong into it, not here. */
export function notifyTrouble(error: unknown): void {
  const { kind, title, message, help } = toTrouble(error);
  if (kind === 'cancelled') return;
  notifications.show({
    title,
    message: help === null ? message : `${message} ${help}`,
    color: 'red',
    autoClose: false,
    role: 'alert',
  });
}
