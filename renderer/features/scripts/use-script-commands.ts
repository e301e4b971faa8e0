import type { RefObject } from 'react';
import { useCommands } from '#renderer/commands/registry.ts';
import type { EditorHandle } from '#renderer/features/scripts/editor/script-editor.tsx';
import type { Trying } from '#renderer/features/scripts/try/use-try.ts';
import type { useScript } from '#renderer/features/scripts/use-script.ts';
import type { Slot } from '#renderer/stores/tries.ts';

interface Parts {
  readonly slot: Slot;
  readonly script: ReturnType<typeof useScript>;
  readonly trying: Trying;
  readonly editor: RefObject<EditorHandle | null>;
  readonly openGallery: () => void;
}

/** What can be done with the script that is open. */
export function useScriptCommands({ slot, script, trying, editor, openGallery }: Parts): void {
  useCommands([
    {
      id: 'script.try',
      title: `Try ${slot}`,
      group: 'Script',
      shortcut: 'mod+enter',
      whileTyping: true,
      enabled: !trying.busy && script.text !== '',
      run: () => trying.run(),
    },
    {
      id: 'script.cancel',
      title: 'Cancel the try',
      group: 'Script',
      enabled: trying.busy,
      run: trying.cancel,
    },
    {
      id: 'script.save',
      title: `Save ${slot}`,
      group: 'Script',
      shortcut: 'mod+s',
      whileTyping: true,
      enabled: script.dirty && !script.saving,
      run: script.save,
    },
    {
      id: 'script.revert',
      title: `Throw the changes to ${slot} away`,
      group: 'Script',
      enabled: script.dirty,
      run: script.revert,
    },
    { id: 'script.template', title: 'Start from a template', group: 'Script', run: openGallery },
    {
      id: 'script.focus',
      title: 'Go to the editor',
      group: 'Script',
      shortcut: 'alt+e',
      whileTyping: true,
      run: () => editor.current?.focus(),
    },
  ]);
}
