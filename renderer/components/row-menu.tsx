import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { Fragment, type MouseEvent, type ReactNode, useState } from 'react';

export interface RowAction {
  readonly title: string;
  readonly icon?: ReactNode;
  readonly disabled?: boolean;
  /** Takes something away; stands apart from the others. */
  readonly danger?: boolean;
  readonly run: () => void;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** What can be done with a row of a table: behind its button, and where somebody right-clicks it or presses the menu key in it. */
export function useRowMenu(label: string, actions: readonly RowAction[]) {
  const [place, setPlace] = useState<Place | null>(null);
  const onContextMenu = (event: MouseEvent<HTMLElement>): void => {
    event.preventDefault();
    setPlace(placeOf(event));
  };
  const menu = (
    <>
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <ActionIcon aria-label={label}>
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Items actions={actions} />
      </Menu>
      <Menu
        opened={place !== null}
        onChange={(shown) => !shown && setPlace(null)}
        position="bottom-start"
        width={220}
      >
        <Menu.Target>
          <span
            aria-hidden
            style={{ position: 'fixed', left: place?.x ?? 0, top: place?.y ?? 0, width: 0, height: 0 }}
          />
        </Menu.Target>
        <Items actions={actions} />
      </Menu>
    </>
  );
  return { menu, onContextMenu };
}

function Items({ actions }: { readonly actions: readonly RowAction[] }) {
  return (
    <Menu.Dropdown>
      {actions.map(({ title, icon, disabled = false, danger = false, run }) => (
        <Fragment key={title}>
          {danger && <Menu.Divider />}
          <Menu.Item
            {...(danger ? { color: 'red' } : {})}
            disabled={disabled}
            leftSection={icon}
            onClick={run}
          >
            {title}
          </Menu.Item>
        </Fragment>
      ))}
    </Menu.Dropdown>
  );
}

/** The menu key has no pointer: what has the focus stands for it. */
function placeOf(event: MouseEvent<HTMLElement>): Place {
  if (event.clientX > 0 || event.clientY > 0) return { x: event.clientX, y: event.clientY };
  const { left, bottom } = (event.target as HTMLElement).getBoundingClientRect();
  return { x: left, y: bottom };
}
