import type { MenuItemConstructorOptions } from 'electron';
import type { ListedCommand } from '../../../shared/contract/commands/shell.ts';

type Item = MenuItemConstructorOptions;

export interface MenuChoices {
  platform: NodeJS.Platform;
  /** Reloading and developer tools are there only while developing. */
  isPackaged: boolean;
  run(commandId: string): void;
  quit(): void;
}

/** Menus that stand before and after those of the window's other groups. */
const FIRST = 'Jobs';
const LAST = ['View', 'Go to'];
/** The window's own matters: in the application's menu on a Mac, in Help elsewhere. */
const APP = 'App';
/** Quitting works without the page, and is where the system has it. */
const OWN = new Set(['quit']);

/** The menu bar: one menu for each group of the window's commands, between those that every app has. */
export function menuTemplate(commands: readonly ListedCommand[], choices: MenuChoices): Item[] {
  const mac = choices.platform === 'darwin';
  const groups = groupsOf(commands);
  const items = (group: string) => (groups.get(group) ?? []).map((each) => toItem(each, choices));
  const menu = (group: string): Item => ({ label: escaped(group), submenu: items(group) });
  const middle = [...groups.keys()].filter((group) => ![FIRST, APP, ...LAST].includes(group));
  const quit: Item = { label: 'Quit Slipway', accelerator: 'CommandOrControl+Q', ...shownOnly };
  const first = mac ? items(FIRST) : withEnd(items(FIRST), { ...quit, click: choices.quit });
  const menus: Item[] = [
    ...(mac ? [appMenu(items(APP))] : []),
    { label: mac ? FIRST : 'File', submenu: first },
    { label: 'Edit', submenu: EDIT },
    ...middle.map(menu),
    { label: 'View', submenu: withEnd(items('View'), ...developing(choices)) },
    ...(groups.has('Go to') ? [menu('Go to')] : []),
    { role: 'windowMenu' },
    mac
      ? { role: 'help', submenu: [] }
      : { role: 'help', submenu: withEnd(items(APP), { role: 'about' }) },
  ];
  return menus.filter(hasItems);
}

/** Shown beside the title; the window listens to the keys itself, so that none is obeyed twice. */
const shownOnly = { registerAccelerator: false } as const;

const EDIT: Item[] = (
  ['undo', 'redo', 'separator', 'cut', 'copy', 'paste', 'delete', 'separator', 'selectAll'] as const
).map((role) => (role === 'separator' ? { type: role } : { role, ...shownOnly }));

function toItem({ id, title, shortcut, enabled }: ListedCommand, { run }: MenuChoices): Item {
  const accelerator = shortcut === null ? null : acceleratorOf(shortcut);
  return {
    id,
    label: escaped(title),
    enabled,
    ...(accelerator && { accelerator, ...shownOnly }),
    click: () => run(id),
  };
}

const KEYS: Readonly<Record<string, string>> = {
  Mod: 'CommandOrControl',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  Comma: ',',
  Period: '.',
  Slash: '/',
  Minus: '-',
  Escape: 'Esc',
  Enter: 'Return',
};
/** What the system knows, of what a window may name: a menu with any other word in it cannot be made. */
const KNOWN =
  /^(CommandOrControl|Shift|Alt|[A-Z0-9]|F([1-9]|1\d|2[0-4])|Left|Right|Up|Down|Esc|Return|Plus|Space|Tab|Backspace|Delete|Insert|Home|End|PageUp|PageDown|[,./?-])$/;

/** `Mod+Comma` as the system writes it; null for a shortcut that it has no word for. */
export function acceleratorOf(shortcut: string): string | null {
  const words = shortcut.split('+').map((word) => KEYS[word] ?? word.replace(/^Key|^Digit/, ''));
  return words.every((word) => KNOWN.test(word)) ? words.join('+') : null;
}

/** An ampersand in a menu marks the letter behind it. */
export const escaped = (label: string): string => label.replaceAll('&', '&&');

function groupsOf(commands: readonly ListedCommand[]): Map<string, ListedCommand[]> {
  const groups = new Map<string, ListedCommand[]>();
  for (const command of commands) {
    if (OWN.has(command.id)) continue;
    groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
  }
  return groups;
}

const appMenu = (own: Item[]): Item => ({
  role: 'appMenu',
  submenu: [
    { role: 'about' },
    ...withEnd([], ...own),
    ...withEnd([], { role: 'services' }),
    ...withEnd([], { role: 'hide' }, { role: 'hideOthers' }, { role: 'unhide' }),
    ...withEnd([], { role: 'quit' }),
  ],
});

const developing = ({ isPackaged }: MenuChoices): Item[] =>
  isPackaged ? [] : [{ role: 'forceReload' }, { role: 'toggleDevTools' }];

/** Items with a line before those that come last. */
const withEnd = (items: Item[], ...last: Item[]): Item[] =>
  last.length === 0 ? items : [...items, { type: 'separator' }, ...last];

const hasItems = ({ submenu, role }: Item): boolean =>
  role === 'windowMenu' || (Array.isArray(submenu) && submenu.length > 0);
