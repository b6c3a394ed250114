const MAC = typeof navigator !== 'undefined' && /mac/i.test(navigator.platform);

const NAMES: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Comma: ',',
  Period: '.',
  Enter: '↵',
  Plus: '+',
  Minus: '−',
  Delete: 'Del',
};

/** Signs that some keyboards have with Shift and some without. */
const SIGNS: Readonly<Record<string, readonly string[]>> = {
  Plus: ['+', '='],
  Minus: ['-', '_'],
  '?': ['?'],
};

/**
 * A shortcut is written `Mod+Shift+K`: `Mod` is Cmd on a Mac and Ctrl elsewhere; the last part is
 * `KeyboardEvent.key` for letters and digits and `code` for others.
 */
export function matchesShortcut(event: KeyboardEvent, shortcut: string): boolean {
  const parts = shortcut.split('+');
  const key = parts.at(-1) ?? '';
  const wants = (name: string): boolean => parts.includes(name);
  const signs = SIGNS[key];
  return (
    (MAC ? event.metaKey : event.ctrlKey) === wants('Mod') &&
    !(MAC ? event.ctrlKey : event.metaKey) &&
    (signs !== undefined || event.shiftKey === wants('Shift')) &&
    event.altKey === wants('Alt') &&
    (signs?.includes(event.key) ||
      event.key.toLowerCase() === key.toLowerCase() ||
      event.code === key)
  );
}

/** Whether a shortcut is text where somebody types. */
export const isPlainKey = (shortcut: string): boolean => !/^(Mod|Alt)\+|^F\d/.test(shortcut);

const MODIFIERS = ['Control', 'Shift', 'Alt', 'Meta', 'AltGraph'];
const PLAIN = /^[a-z0-9?]$/i;

/** The shortcut that a pressed key is; null while only modifiers are held. */
export function shortcutOf(event: Pick<KeyboardEvent, 'key' | 'code'> & Modifiers): string | null {
  if (MODIFIERS.includes(event.key)) return null;
  const sign = Object.entries(SIGNS).find(([, signs]) => signs.includes(event.key))?.[0];
  const key = sign ?? (PLAIN.test(event.key) ? event.key.toUpperCase() : event.code);
  const held = [
    (MAC ? event.metaKey : event.ctrlKey) && 'Mod',
    event.shiftKey && !sign && 'Shift',
    event.altKey && 'Alt',
  ].filter(Boolean);
  return [...held, key].join('+');
}

type Modifiers = Pick<KeyboardEvent, 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** A shortcut as the system writes it: "Ctrl+K", "⌘K". */
export function shortcutText(shortcut: string): string {
  const signs: Record<string, string> = MAC
    ? { Mod: '⌘', Shift: '⇧', Alt: '⌥' }
    : { Mod: 'Ctrl', Shift: 'Shift', Alt: 'Alt' };
  const parts = shortcut.split('+').map((part) => signs[part] ?? NAMES[part] ?? part);
  return parts.join(MAC ? '' : '+');
}
