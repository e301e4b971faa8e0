import { app, BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron';
import { CHANNELS } from '#contract/desktop-channels.ts';
import { type MenuItem, type MenuModel, menuModelSchema } from '#contract/desktop.ts';
import { acceleratorOf } from '#hosts/electron/accelerator.ts';
import { answerOn } from '#hosts/electron/trusted-ipc.ts';

type Items = MenuItemConstructorOptions[];
type Place = MenuModel['menus'][number]['place'];

const roles = (...names: readonly (MenuItemConstructorOptions['role'] | '-')[]): Items =>
  names.map((role) => (role === '-' || role === undefined ? { type: 'separator' } : { role }));

/** What every app of the system has, whatever the page says: editing must work before the page has spoken. */
const OWN: Readonly<Partial<Record<Place, Items>>> = {
  edit: roles('undo', 'redo', '-', 'cut', 'copy', 'paste', 'selectAll'),
  view: roles('resetZoom', 'zoomIn', 'zoomOut', '-', 'togglefullscreen'),
};

/** Menus of the window: the registry's commands as the page tells them, and what the system expects. */
export function answerMenu(mac: boolean): void {
  show({ menus: [] }, mac);
  answerOn(CHANNELS.showMenu, menuModelSchema, (model) => {
    show(model, mac);
    return null;
  });
}

function show(model: MenuModel, mac: boolean): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate([...menuTemplate(model, mac)]));
}

export function menuTemplate(model: MenuModel, mac: boolean): Items {
  const missing = (['file', 'edit', 'view'] as const)
    .filter((place) => !model.menus.some((menu) => menu.place === place))
    .map((place) => ({ place, title: place[0]!.toUpperCase() + place.slice(1), items: [] }));
  const order: readonly Place[] = ['file', 'edit', 'view', 'other', 'help'];
  const menus = [...missing, ...model.menus].sort((a, b) => order.indexOf(a.place) - order.indexOf(b.place));
  return [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    ...menus.map((menu): MenuItemConstructorOptions => {
      const own = menu.place === 'file' ? roles(mac ? 'close' : 'quit') : (OWN[menu.place] ?? []);
      const commands = menu.items.map(itemOf);
      const both = own.length > 0 && commands.length > 0;
      const rule: Items = both ? [{ type: 'separator' }] : [];
      const submenu = menu.place === 'file' ? [...commands, ...rule, ...own] : [...own, ...rule, ...commands];
      return { label: menu.title, ...(menu.place === 'help' ? { role: 'help' } : {}), submenu };
    }),
    ...(mac ? [{ role: 'windowMenu' } as const] : []),
  ];
}

function itemOf(item: MenuItem): MenuItemConstructorOptions {
  if (item.kind === 'separator') return { type: 'separator' };
  const accelerator = item.shortcut === undefined ? null : acceleratorOf(item.shortcut);
  return {
    // An ampersand would underline the next letter and vanish.
    label: item.title.replaceAll('&', '&&'),
    enabled: item.enabled,
    ...(item.checked === undefined ? {} : { type: 'checkbox', checked: item.checked }),
    // Shown only: the page listens for its keys itself, in the browser too, and must not run a command twice.
    ...(accelerator === null ? {} : { accelerator, registerAccelerator: false }),
    click: (_item, window) => {
      const target = window instanceof BrowserWindow ? window : BrowserWindow.getAllWindows()[0];
      target?.webContents.send(CHANNELS.menuCommand, item.id);
    },
  };
}

/** Cut, copy and paste on a right click in text; a page that shows a menu of its own has prevented this one. */
export function offerTextMenu(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('context-menu', (_menu, { isEditable, selectionText }) => {
      if (isEditable) popup(roles('undo', 'redo', '-', 'cut', 'copy', 'paste', 'selectAll'));
      else if (selectionText.trim() !== '') popup(roles('copy', 'selectAll'));
    });
  });
}

function popup(items: Items): void {
  Menu.buildFromTemplate(items).popup();
}
