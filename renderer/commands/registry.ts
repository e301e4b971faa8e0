import { useEffect, useRef } from 'react';
import { create } from 'zustand';

export type CommandGroup = 'Project' | 'Go to' | 'Edit' | 'Script' | 'Trial' | 'Report' | 'View' | 'Help';

/** One thing a person can do. Menus, palette, context menus, shortcuts and the sheet of keys all read these. */
export interface Command {
  /** `area.verb`, such as `trial.start`. */
  readonly id: string;
  readonly title: string;
  readonly group: CommandGroup;
  /** Such as `mod+k`; a person may change it in Settings. */
  readonly shortcut?: string;
  /** Also while a text field has the focus. */
  readonly whileTyping?: boolean;
  readonly enabled?: boolean;
  /** Words that the palette also finds it by. */
  readonly keywords?: string;
  readonly run: () => void;
}

interface Registry {
  readonly commands: ReadonlyMap<string, Command>;
  readonly add: (commands: readonly Command[]) => void;
  readonly remove: (ids: readonly string[]) => void;
}

export const useCommandRegistry = create<Registry>()((set) => ({
  commands: new Map(),
  add: (commands) =>
    set((now) => ({
      commands: new Map([...now.commands, ...commands.map((one) => [one.id, one] as const)]),
    })),
  remove: (ids) =>
    set((now) => ({ commands: new Map([...now.commands].filter(([id]) => !ids.includes(id))) })),
}));

/** Offers commands for as long as the calling component is on the screen. */
export function useCommands(commands: readonly Command[]): void {
  const latest = useRef(commands);
  latest.current = commands;
  const shape = JSON.stringify(commands.map(({ run: _run, ...shown }) => shown));
  useEffect(() => {
    const { add, remove } = useCommandRegistry.getState();
    const ids = latest.current.map((one) => one.id);
    add(
      latest.current.map((one) => ({
        ...one,
        // The newest closure runs, however long ago the command was registered.
        run: () => latest.current.find((now) => now.id === one.id)?.run(),
      })),
    );
    return () => remove(ids);
  }, [shape]);
}

/** Runs a command by its id; false where it is not offered now. */
export function runCommand(id: string): boolean {
  const command = useCommandRegistry.getState().commands.get(id);
  if (command === undefined || command.enabled === false) return false;
  command.run();
  return true;
}
