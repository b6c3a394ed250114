const MAC = typeof navigator !== 'undefined' && /mac/i.test(navigator.platform);

const NAMES: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  Comma: ',',
  Period: '.',
  Enter: '↵',
};

/**
 * A shortcut is written `Mod+Shift+K`: `Mod` is Cmd on a Mac and Ctrl elsewhere; the last part is
 * `KeyboardEvent.key` for letters and digits and `code` for others.
 */
export function matchesShortcut(event: KeyboardEvent, shortcut: string): boolean {
  const parts = shortcut.split('+');
  const key = parts.at(-1) ?? '';
  const wants = (name: string): boolean => parts.includes(name);
  return (
    (MAC ? event.metaKey : event.ctrlKey) === wants('Mod') &&
    !(MAC ? event.ctrlKey : event.metaKey) &&
    event.shiftKey === wants('Shift') &&
    event.altKey === wants('Alt') &&
    (event.key.toLowerCase() === key.toLowerCase() || event.code === key)
  );
}

/** A shortcut as the system writes it: "Ctrl+K", "⌘K". */
export function shortcutText(shortcut: string): string {
  const signs: Record<string, string> = MAC
    ? { Mod: '⌘', Shift: '⇧', Alt: '⌥' }
    : { Mod: 'Ctrl', Shift: 'Shift', Alt: 'Alt' };
  const parts = shortcut.split('+').map((part) => signs[part] ?? NAMES[part] ?? part);
  return parts.join(MAC ? '' : '+');
}
