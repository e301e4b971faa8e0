import type { MenuItem, MenuModel } from '#contract/desktop.ts';
import type { Command, CommandGroup } from '#renderer/commands/registry.ts';
import { effectiveShortcut } from '#renderer/commands/use-shortcuts.ts';

type Menu = MenuModel['menus'][number];

/** Menus in their order, and the groups of commands in each; groups are parted by a line. */
const MENUS: readonly {
  readonly place: Menu['place'];
  readonly title: string;
  readonly groups: readonly CommandGroup[];
}[] = [
  { place: 'file', title: 'File', groups: ['Project'] },
  { place: 'edit', title: 'Edit', groups: ['Edit'] },
  { place: 'view', title: 'View', groups: ['View', 'Go to'] },
  { place: 'other', title: 'Script', groups: ['Script'] },
  { place: 'other', title: 'Trial', groups: ['Trial'] },
  { place: 'other', title: 'Report', groups: ['Report'] },
  { place: 'help', title: 'Help', groups: ['Help'] },
];

/** The native menus of what can be done now. Menus without a command are left to the system. */
export function menuModel(
  commands: readonly Command[],
  shortcuts: Readonly<Record<string, string | null>>,
): MenuModel {
  const menus = MENUS.map(({ place, title, groups }): Menu => {
    const parts = groups
      .map((group) => commands.filter((command) => command.group === group))
      .filter((part) => part.length > 0)
      .map((part) => part.map((command) => itemOf(command, shortcuts)));
    const items = parts.flatMap((part, index): MenuItem[] =>
      index === 0 ? part : [{ kind: 'separator' }, ...part],
    );
    return { place, title, items };
  });
  return { menus: menus.filter((menu) => menu.items.length > 0) };
}

function itemOf(command: Command, shortcuts: Readonly<Record<string, string | null>>): MenuItem {
  const shortcut = effectiveShortcut(command, shortcuts);
  return {
    kind: 'command',
    id: command.id,
    title: command.title,
    ...(shortcut === null ? {} : { shortcut }),
    enabled: command.enabled !== false,
  };
}
