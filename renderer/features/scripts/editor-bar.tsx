import { ActionIcon, Button, Group, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconDeviceFloppy, IconTemplate } from '@tabler/icons-react';
import { CopyButton } from '#renderer/components/copy-button.tsx';
import classes from '#renderer/features/scripts/scripts.module.css';

/** What a tenant takes for one script: 100 KB of 1024 bytes. */
const MOST_KB = 100;

interface EditorBarProps {
  /** Absolute path of the script, and that of the project around it. */
  readonly file: string;
  readonly folder: string;
  readonly text: string;
  readonly dirty: boolean;
  readonly saving: boolean;
  readonly onSave: () => void;
  readonly onRevert: () => void;
  readonly onTemplate: () => void;
}

/** Over the editor: which file it is, and what can be done with it. */
export function EditorBar(props: EditorBarProps) {
  const { file, folder, text, dirty, saving, onSave, onRevert, onTemplate } = props;
  const shown = file.startsWith(folder) ? file.slice(folder.length + 1) : file;
  const kb = new Blob([text]).size / 1024;
  return (
    <div className={classes.bar}>
      <div className={classes.path}>
        {/* The name of the file is at the end: what is cut off is cut off at the beginning. */}
        <span className={classes.file} title={file}>
          <bdi className="uf-mono">{shown}</bdi>
        </span>
        <CopyButton label="Copy the path" text={file} />
        {text !== '' && (
          <small data-large={kb > MOST_KB}>
            {kb.toFixed(1)} of {MOST_KB} KB
          </small>
        )}
      </div>
      <Group gap={6} wrap="nowrap" style={{ flex: 'none' }}>
        <Tooltip label="Throw the changes away">
          <ActionIcon aria-label="Throw the changes away" disabled={!dirty} onClick={onRevert}>
            <IconArrowBackUp size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Button variant="default" leftSection={<IconTemplate size={14} aria-hidden />} onClick={onTemplate}>
          Templates
        </Button>
        <Button
          variant="default"
          leftSection={<IconDeviceFloppy size={14} aria-hidden />}
          disabled={!dirty}
          loading={saving}
          onClick={onSave}
        >
          Save
        </Button>
      </Group>
    </div>
  );
}
