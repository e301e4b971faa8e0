import { Button, Textarea } from '@mantine/core';
import { IconFolderOpen } from '@tabler/icons-react';
import { pathsOf } from '#renderer/files/typed-lists.ts';
import classes from '#renderer/files/paths-field.module.css';
import { usePicker } from '#renderer/files/use-picker.tsx';

interface PathsFieldProps {
  readonly label: string;
  readonly description?: string;
  readonly placeholder?: string;
  /** One path a line, as it is typed. */
  readonly value: string;
  readonly onChange: (text: string) => void;
}

/** Several files on the engine's machine, typed one a line or added one by one. */
export function PathsField({ value, onChange, ...shown }: PathsFieldProps) {
  const picker = usePicker({
    title: shown.label,
    pick: 'file',
    action: 'Add this file',
    onPick: (file) => onChange([...new Set([...pathsOf(value), file])].join('\n')),
  });
  return (
    <div className={classes.field}>
      <Textarea
        {...shown}
        autosize
        minRows={1}
        maxRows={6}
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Button
        variant="default"
        h={36}
        aria-label={`Add a file: ${shown.label}`}
        leftSection={<IconFolderOpen size={14} aria-hidden />}
        onClick={picker.open}
      >
        Add a file
      </Button>
      {picker.dialog}
    </div>
  );
}
