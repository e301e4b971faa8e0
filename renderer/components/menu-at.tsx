import { Menu } from '@mantine/core';
import type { ReactNode } from 'react';

/** Pixels from the window's top left corner. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** A menu that opens where somebody clicked; closed while `place` is null. */
export function MenuAt({
  place,
  width,
  onClose,
  children,
}: {
  readonly place: Place | null;
  readonly width: number;
  readonly onClose: () => void;
  /** The menu's `Menu.Dropdown`. */
  readonly children: ReactNode;
}) {
  return (
    <Menu
      opened={place !== null}
      onChange={(shown) => !shown && onClose()}
      position="bottom-start"
      width={width}
    >
      <Menu.Target>
        <span
          aria-hidden
          style={{ position: 'fixed', left: place?.x ?? 0, top: place?.y ?? 0, width: 0, height: 0 }}
        />
      </Menu.Target>
      {children}
    </Menu>
  );
}
