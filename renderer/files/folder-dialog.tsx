import { Alert, Button, Group, Modal, ScrollArea, TextInput, UnstyledButton } from '@mantine/core';
import { IconArrowUp, IconFile, IconFolder, IconPackage } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { toTrouble } from '#renderer/engine/trouble.ts';
import classes from '#renderer/files/folder-dialog.module.css';

export interface FolderDialogProps {
  readonly title: string;
  /** What may be picked. A project is a folder with settings of ours. */
  readonly pick: 'folder' | 'project' | 'file';
  /** The button: "Open", "Use this folder". */
  readonly action: string;
  readonly opened: boolean;
  readonly start?: string;
  readonly onPick: (path: string) => void;
  readonly onClose: () => void;
}

const ICONS = { folder: IconFolder, project: IconPackage, file: IconFile } as const;

/** Looks through the folders of the machine on which the engine runs. */
export function FolderDialog(props: FolderDialogProps) {
  const { title, pick, action, opened, start, onPick, onClose } = props;
  const client = useClient();
  const [folder, setFolder] = useState<string | undefined>(start);
  const [typed, setTyped] = useState('');
  const [file, setFile] = useState<string | null>(null);
  const list = useQuery({
    queryKey: ['browse', folder ?? ''],
    queryFn: ({ signal }) => client.files.browse(folder === undefined ? {} : { folder }, { signal }),
    enabled: opened,
    placeholderData: keepPreviousData,
  });
  const here = list.data;
  useEffect(() => {
    if (here !== undefined) setTyped(here.folder);
    setFile(null);
  }, [here]);
  const chosen = pick === 'file' ? file : (here?.folder ?? null);
  const usable = chosen !== null && (pick !== 'project' || here?.project === true);
  const enter = (path: string): void => setFolder(path);
  return (
    <Modal opened={opened} onClose={onClose} title={title} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          enter(typed);
        }}
      >
        <Group gap="xs" wrap="nowrap" align="flex-end">
          <TextInput
            label="Folder"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            className={classes.path ?? ''}
            spellCheck={false}
            data-autofocus
          />
          <Button type="submit" variant="default" h={36}>
            Go
          </Button>
          <Button
            variant="default"
            h={36}
            leftSection={<IconArrowUp size={14} aria-hidden />}
            disabled={here?.parent === null || here === undefined}
            onClick={() => here?.parent && enter(here.parent)}
          >
            Up
          </Button>
        </Group>
      </form>
      {list.isError && (
        <Alert color="red" mt="sm" title={toTrouble(list.error).title}>
          {toTrouble(list.error).message}
        </Alert>
      )}
      <ScrollArea h={300} mt="sm" className={classes.list ?? ''}>
        {here?.entries
          .filter((entry) => entry.kind !== 'file' || pick === 'file')
          .map((entry) => {
            const Icon = ICONS[entry.kind];
            return (
              <UnstyledButton
                key={entry.path}
                className={classes.entry ?? ''}
                aria-pressed={entry.path === file}
                onClick={() => (entry.kind === 'file' ? setFile(entry.path) : enter(entry.path))}
                onDoubleClick={() => entry.kind === 'file' && onPick(entry.path)}
              >
                <Icon size={16} stroke={1.6} aria-hidden />
                <span>{entry.name}</span>
                {entry.kind === 'project' && <small>Userferry project</small>}
              </UnstyledButton>
            );
          })}
      </ScrollArea>
      <Group justify="flex-end" mt="md" gap="xs">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button disabled={!usable} onClick={() => chosen !== null && onPick(chosen)}>
          {action}
        </Button>
      </Group>
    </Modal>
  );
}
