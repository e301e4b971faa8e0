import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { Fragment, type MouseEvent, type ReactNode, useState } from 'react';
import { MenuAt, type Place } from '#renderer/components/menu-at.tsx';

export interface RowAction {
  readonly title: string;
  readonly icon?: ReactNode;
  readonly disabled?: boolean;
  /** Takes something away; stands apart from the others. */
  readonly danger?: boolean;
  readonly run: () => void;
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
      <MenuAt place={place} width={220} onClose={() => setPlace(null)}>
        <Items actions={actions} />
      </MenuAt>
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
