import { Menu } from '@mantine/core';
import { type MouseEvent, type ReactNode, useRef, useState } from 'react';
import { Keys } from '#renderer/commands/keys.tsx';
import { runCommand, useCommandRegistry } from '#renderer/commands/registry.ts';
import { effectiveShortcut } from '#renderer/commands/use-shortcuts.ts';
import { MenuAt, type Place } from '#renderer/components/menu-at.tsx';
import { usePreferences } from '#renderer/stores/preferences.ts';

interface ContextMenuProps {
  /** Ids in the registry, in order; those that are not offered now are left out. */
  readonly commands: readonly string[];
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** A right click, or the menu key, offers commands where it happened. The focus goes back to where it was. */
export function ContextMenu({ commands, className, children }: ContextMenuProps) {
  const registry = useCommandRegistry((store) => store.commands);
  const shortcuts = usePreferences((preferences) => preferences.shortcuts);
  const box = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<Place | null>(null);
  const offered = commands.flatMap((id) => registry.get(id) ?? []);
  const open = (event: MouseEvent): void => {
    if (offered.length === 0) return;
    event.preventDefault();
    setPlace(placeOf(event, box.current));
  };
  return (
    <div ref={box} className={className} onContextMenu={open}>
      {children}
      <MenuAt place={place} width={260} onClose={() => setPlace(null)}>
        <Menu.Dropdown>
          {offered.map((command) => {
            const keys = effectiveShortcut(command, shortcuts);
            return (
              <Menu.Item
                key={command.id}
                disabled={command.enabled === false}
                rightSection={keys === null ? null : <Keys shortcut={keys} />}
                onClick={() => void runCommand(command.id)}
              >
                {command.title}
              </Menu.Item>
            );
          })}
        </Menu.Dropdown>
      </MenuAt>
    </div>
  );
}

/** The menu key has no pointer: the middle of what has the focus stands for it. */
function placeOf(event: MouseEvent, box: HTMLElement | null): Place {
  if (event.clientX > 0 || event.clientY > 0 || box === null) return { x: event.clientX, y: event.clientY };
  const { left, top, width } = box.getBoundingClientRect();
  return { x: left + width / 2, y: top + 40 };
}
