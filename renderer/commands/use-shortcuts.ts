import { useEffect } from 'react';
import { type Command, useCommandRegistry } from '#renderer/commands/registry.ts';
import { shortcutOf } from '#renderer/commands/shortcut.ts';
import { usePreferences } from '#renderer/stores/preferences.ts';

/** The keys that run a command now: the engineer's own, else the given ones. */
export function effectiveShortcut(
  command: Pick<Command, 'id' | 'shortcut'>,
  changed: Readonly<Record<string, string | null>>,
): string | null {
  const own = changed[command.id];
  return own === undefined ? (command.shortcut ?? null) : own;
}

/** Keys that fields of their own use for something else, such as opening a list: commands come first. */
const BEFORE_FIELDS: ReadonlySet<string> = new Set(['mod+enter']);

/** Listens for the shortcuts of all offered commands. Once, at the root. */
export function useShortcuts(): void {
  useEffect(() => {
    const first = (event: KeyboardEvent): void => {
      const pressed = shortcutOf(event);
      if (pressed === null || !BEFORE_FIELDS.has(pressed)) return;
      onKey(event);
      if (event.defaultPrevented) event.stopPropagation();
    };
    window.addEventListener('keydown', first, { capture: true });
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', first, { capture: true });
      window.removeEventListener('keydown', onKey);
    };
  }, []);
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const pressed = shortcutOf(event);
  if (pressed === null) return;
  const changed = usePreferences.getState().shortcuts;
  const typing = isTyping(event.target);
  for (const command of useCommandRegistry.getState().commands.values()) {
    if (effectiveShortcut(command, changed) !== pressed) continue;
    if (typing && command.whileTyping !== true && !pressed.startsWith('mod+')) continue;
    // Also where there is nothing to do now: Ctrl+S must not open the browser's own dialog.
    event.preventDefault();
    if (command.enabled === false) continue;
    command.run();
    return;
  }
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}
