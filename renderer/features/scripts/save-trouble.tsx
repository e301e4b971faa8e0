import { Alert, Button, Group } from '@mantine/core';
import { TroubleText } from '#renderer/components/trouble-text.tsx';
import { toTrouble } from '#renderer/engine/trouble.ts';

interface SaveTroubleProps {
  /** Null where saving was not tried yet, but the file on disk is another one than the draft began on. */
  readonly error: unknown;
  readonly onOverwrite: () => void;
  readonly onReread: () => void;
}

/** The typed text and the file do not go together; what was typed is still there. */
export function SaveTrouble({ error, onOverwrite, onReread }: SaveTroubleProps) {
  const { kind, title, message, help } = error === null ? MOVED_ON : toTrouble(error);
  const changed = kind === 'file-changed';
  return (
    <Alert
      color={changed ? 'yellow' : 'red'}
      title={changed ? MOVED_ON.title : title}
      radius={0}
      role={error === null ? 'status' : 'alert'}
      style={{ flex: 'none' }}
    >
      <TroubleText trouble={changed ? MOVED_ON : { message, help }} />
      {changed && (
        <Group gap="xs" mt="xs">
          <Button variant="default" onClick={onReread}>
            Take what is on disk
          </Button>
          <Button variant="default" onClick={onOverwrite}>
            Save mine over it
          </Button>
        </Group>
      )}
    </Alert>
  );
}

const MOVED_ON = {
  kind: 'file-changed',
  title: 'The file has changed on disk since you began to type',
  message: 'Nothing was overwritten, and your text is kept until you choose.',
  help: null,
} as const;
