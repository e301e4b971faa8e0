import { Button, Group, TextInput } from '@mantine/core';
import { IconFolderOpen } from '@tabler/icons-react';
import { usePicker } from '#renderer/files/use-picker.tsx';

interface PathFieldProps {
  readonly label: string;
  readonly description?: string;
  readonly placeholder?: string;
  readonly pick: 'file' | 'folder';
  readonly value: string;
  readonly error?: string | null;
  readonly onChange: (path: string) => void;
}

/** A path on the engine's machine, typed or chosen. */
export function PathField({ pick, onChange, error = null, ...shown }: PathFieldProps) {
  const picker = usePicker({
    title: shown.label,
    pick,
    action: pick === 'file' ? 'Use this file' : 'Use this folder',
    onPick: onChange,
  });
  return (
    <Group gap="xs" wrap="nowrap" align="flex-end">
      <TextInput
        {...shown}
        error={error}
        style={{ flex: 1 }}
        spellCheck={false}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Button
        variant="default"
        h={36}
        aria-label={`Choose: ${shown.label}`}
        leftSection={<IconFolderOpen size={14} aria-hidden />}
        onClick={picker.open}
      >
        Choose
      </Button>
      {picker.dialog}
    </Group>
  );
}
