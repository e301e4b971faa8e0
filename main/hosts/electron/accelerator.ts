const MODIFIERS: Readonly<Record<string, string>> = {
  mod: 'CommandOrControl',
  alt: 'Alt',
  shift: 'Shift',
};

const KEYS: Readonly<Record<string, string>> = {
  '+': 'Plus',
  arrowdown: 'Down',
  arrowleft: 'Left',
  arrowright: 'Right',
  arrowup: 'Up',
  backspace: 'Backspace',
  delete: 'Delete',
  end: 'End',
  enter: 'Return',
  escape: 'Escape',
  home: 'Home',
  insert: 'Insert',
  pagedown: 'PageDown',
  pageup: 'PageUp',
  space: 'Space',
  tab: 'Tab',
};

/** The registry's `mod+shift+k` as Electron writes it; null for keys it has no word for, which it would throw at. */
export function acceleratorOf(shortcut: string): string | null {
  const plus = shortcut === '+' || shortcut.endsWith('++');
  const parts = (plus ? shortcut.slice(0, -1) : shortcut).split('+').filter((part) => part !== '');
  const key = plus ? '+' : parts.pop();
  const modifiers = parts.map((part) => MODIFIERS[part]);
  const name = key === undefined ? undefined : keyName(key);
  if (name === undefined || modifiers.includes(undefined)) return null;
  return [...modifiers, name].join('+');
}

function keyName(key: string): string | undefined {
  if (/^f([1-9]|1\d|2[0-4])$/.test(key)) return key.toUpperCase();
  return KEYS[key] ?? (/^[!-~]$/.test(key) ? key.toUpperCase() : undefined);
}
