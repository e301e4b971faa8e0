import { type ReactNode, useState } from 'react';
import { notifyTrouble } from '#renderer/components/notify.tsx';
import { FolderDialog } from '#renderer/files/folder-dialog.tsx';

interface PickerOptions {
  readonly title: string;
  readonly pick: 'folder' | 'project' | 'file';
  /** The button: "Open", "Use this folder". */
  readonly action: string;
  readonly start?: string;
  readonly onPick: (path: string) => void;
}

interface Picker {
  readonly open: () => void;
  /** Put it anywhere into the screen. */
  readonly dialog: ReactNode;
}

/** Lets a person choose a folder or file: in the system's dialog on the desktop, in ours in a browser. */
export function usePicker(options: PickerOptions): Picker {
  const [opened, setOpened] = useState(false);
  const { title, pick, action, start, onPick } = options;
  const desktop = window.userferry;
  if (desktop !== undefined) {
    const open = async (): Promise<void> => {
      const chosen = await (pick === 'file' ? desktop.pickFile({ title }) : desktop.pickFolder({ title }));
      if (chosen !== null) onPick(chosen.path);
    };
    return { open: () => void open().catch(notifyTrouble), dialog: null };
  }
  return {
    open: () => setOpened(true),
    dialog: (
      <FolderDialog
        title={title}
        pick={pick}
        action={action}
        {...(start === undefined ? {} : { start })}
        opened={opened}
        onClose={() => setOpened(false)}
        onPick={(path) => {
          setOpened(false);
          onPick(path);
        }}
      />
    ),
  };
}
