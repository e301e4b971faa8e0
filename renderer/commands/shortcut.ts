const isMac = (): boolean => /mac/i.test(navigator.platform);

/** Reads `mod+shift+k` of a key press: `mod` is Cmd on a Mac and Ctrl elsewhere. Null for a bare modifier key. */
export function shortcutOf(event: KeyboardEvent): string | null {
  if (['Control', 'Meta', 'Alt', 'Shift'].includes(event.key)) return null;
  const mod = isMac() ? event.metaKey : event.ctrlKey;
  const key = event.key === ' ' ? 'space' : event.key.toLowerCase();
  const parts = [mod && 'mod', event.altKey && 'alt', event.shiftKey && key.length > 1 && 'shift'];
  const shiftedLetter = event.shiftKey && /^[a-z]$/.test(key) ? 'shift' : false;
  return [...parts, shiftedLetter, key].filter((part) => part !== false).join('+');
}

const NAMES: Readonly<Record<string, string>> = {
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  enter: 'Enter',
  escape: 'Esc',
  space: 'Space',
};

/** The keys of a shortcut as people read them: `Ctrl`, `Shift`, `K`. */
export function keysOf(shortcut: string): readonly string[] {
  return shortcut.split('+').map((part) => {
    if (part === 'mod') return isMac() ? '⌘' : 'Ctrl';
    if (part === 'alt') return isMac() ? '⌥' : 'Alt';
    if (part === 'shift') return isMac() ? '⇧' : 'Shift';
    return NAMES[part] ?? part.toUpperCase();
  });
}
