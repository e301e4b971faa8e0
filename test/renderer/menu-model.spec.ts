import { expect, it } from 'vitest';
import { menuModelSchema } from '#contract/desktop.ts';
import type { Command } from '#renderer/commands/registry.ts';
import { menuModel } from '#renderer/shell/menu-model.ts';

const run = (): void => undefined;
const COMMANDS: readonly Command[] = [
  { id: 'go.plan', title: 'Go to Plan', group: 'Go to', shortcut: 'alt+5', run },
  { id: 'view.sidebar', title: 'Fold the sidebar', group: 'View', shortcut: 'mod+b', run },
  { id: 'plan.make', title: 'Work out the plan', group: 'Project', enabled: false, run },
  { id: 'trial.new', title: 'New trial', group: 'Trial', shortcut: 'alt+n', run },
];

it('has a menu for each place with something in it, groups parted, keys as the person changed them', () => {
  const model = menuModel(COMMANDS, { 'go.plan': null, 'trial.new': 'mod+shift+n' });
  expect(menuModelSchema.parse(model)).toEqual({
    menus: [
      {
        place: 'file',
        title: 'File',
        items: [{ kind: 'command', id: 'plan.make', title: 'Work out the plan', enabled: false }],
      },
      {
        place: 'view',
        title: 'View',
        items: [
          {
            kind: 'command',
            id: 'view.sidebar',
            title: 'Fold the sidebar',
            shortcut: 'mod+b',
            enabled: true,
          },
          { kind: 'separator' },
          { kind: 'command', id: 'go.plan', title: 'Go to Plan', enabled: true },
        ],
      },
      {
        place: 'other',
        title: 'Trial',
        items: [
          {
            kind: 'command',
            id: 'trial.new',
            title: 'New trial',
            shortcut: 'mod+shift+n',
            enabled: true,
          },
        ],
      },
    ],
  });
});
