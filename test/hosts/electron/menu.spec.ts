import { describe, expect, it } from 'vitest';
import { CHANNELS } from '#contract/desktop-channels.ts';
import { acceleratorOf } from '#hosts/electron/accelerator.ts';
import { runShell } from './shell-run.ts';

interface Item {
  readonly label?: string;
  readonly role?: string;
  readonly type?: string;
  readonly submenu?: readonly Item[];
  readonly [key: string]: unknown;
}

const short = (item: Item): unknown =>
  item.submenu === undefined
    ? (item.type === 'separator' && '-') || item.role || item.label
    : [item.label, item.submenu.map(short)];

describe('accelerators', () => {
  it.each([
    ['mod+k', 'CommandOrControl+K'],
    ['mod+shift+p', 'CommandOrControl+Shift+P'],
    ['alt+arrowup', 'Alt+Up'],
    ['mod+enter', 'CommandOrControl+Return'],
    ['mod+,', 'CommandOrControl+,'],
    ['mod++', 'CommandOrControl+Plus'],
    ['+', 'Plus'],
    ['?', '?'],
    ['f5', 'F5'],
    ['f25', null],
    ['hyper+k', null],
    ['mod+ü', null],
    ['mod', null],
  ])('%s is %s', (shortcut, accelerator) => {
    expect(acceleratorOf(shortcut)).toBe(accelerator);
  });
});

describe('menus', () => {
  const model = {
    menus: [
      {
        place: 'help',
        title: 'Help',
        items: [{ kind: 'command', id: 'help.keys', title: 'Keys', enabled: true }],
      },
      {
        place: 'file',
        title: 'Project',
        items: [
          { kind: 'command', id: 'project.open', title: 'Open…', shortcut: 'mod+o', enabled: true },
          { kind: 'separator' },
          { kind: 'command', id: 'project.close', title: 'Save & close', enabled: false, checked: true },
        ],
      },
      { place: 'other', title: 'Trial', items: [] },
    ],
  };

  it('let people edit, zoom and quit before the page has said anything', async () => {
    const { fake } = await runShell();
    expect((fake.seen.menus.at(-1) as Item[]).map(short)).toEqual([
      ['File', ['quit']],
      ['Edit', ['undo', 'redo', '-', 'cut', 'copy', 'paste', 'selectAll']],
      ['View', ['resetZoom', 'zoomIn', 'zoomOut', '-', 'togglefullscreen']],
    ]);
  });

  it('are those of the registry, in the system’s order, beside the system’s own', async () => {
    const { ask, fake } = await runShell();
    await ask(CHANNELS.showMenu, model);
    expect((fake.seen.menus.at(-1) as Item[]).map(short)).toEqual([
      ['Project', ['Open…', '-', 'Save && close', '-', 'quit']],
      ['Edit', ['undo', 'redo', '-', 'cut', 'copy', 'paste', 'selectAll']],
      ['View', ['resetZoom', 'zoomIn', 'zoomOut', '-', 'togglefullscreen']],
      ['Trial', []],
      ['Help', ['Keys']],
    ]);
  });

  it('on a Mac begin with the app’s and end with the windows’', async () => {
    const { menuTemplate } = await import('#hosts/electron/menu.ts');
    const titles = menuTemplate({ menus: [] }, true).map((menu) => menu.role ?? menu.label);
    expect(titles).toEqual(['appMenu', 'File', 'Edit', 'View', 'windowMenu']);
  });

  it('show keys without listening for them, and send the command back to the page', async () => {
    const { ask, fake, window } = await runShell();
    await ask(CHANNELS.showMenu, model);
    const file = (fake.seen.menus.at(-1) as Item[])[0]!.submenu!;
    const { click, ...shown } = file[0]!;
    (click as (item: object, window: object) => void)({}, window);
    const { click: _click, ...disabled } = file[2]!;
    expect({ shown, disabled, sent: window.webContents.sent }).toEqual({
      shown: { label: 'Open…', enabled: true, accelerator: 'CommandOrControl+O', registerAccelerator: false },
      disabled: { label: 'Save && close', enabled: false, type: 'checkbox', checked: true },
      sent: [['menu:command', 'project.open']],
    });
  });

  it('offer cut, copy and paste on a right click in a text field, copy on a selection, else nothing', async () => {
    const { fake, window } = await runShell();
    const rightClick = (isEditable: boolean, selectionText: string) =>
      window.webContents.emit('context-menu', {}, { isEditable, selectionText });
    rightClick(true, '');
    rightClick(false, 'a word');
    rightClick(false, '  ');
    expect((fake.seen.popups as Item[][]).map((items) => items.map(short))).toEqual([
      ['undo', 'redo', '-', 'cut', 'copy', 'paste', 'selectAll'],
      ['copy', 'selectAll'],
    ]);
  });
});
