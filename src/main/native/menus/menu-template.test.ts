import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import type { ListedCommand } from '../../../shared/contract/commands/shell.ts';
import { acceleratorOf, menuTemplate, type MenuChoices } from './menu-template.ts';

const command = (id: string, group: string, more: Partial<ListedCommand> = {}): ListedCommand => ({
  ...{ id, group, title: id, shortcut: null, enabled: true },
  ...more,
});

const COMMANDS = [
  command('newJob', 'Jobs', { title: 'New job…', shortcut: 'Mod+N' }),
  command('stop', 'Run', { enabled: false }),
  command('zoomIn', 'View', { shortcut: 'Mod+Plus' }),
  command('goJobs', 'Go to'),
  command('follow', 'Log'),
  command('shortcuts', 'App', { shortcut: '?' }),
  command('quit', 'App', { shortcut: 'Mod+Q' }),
];

const choices = (more: Partial<MenuChoices> = {}): MenuChoices => ({
  ...{ platform: 'linux', isPackaged: true, run: vi.fn(), quit: vi.fn() },
  ...more,
});

type Item = MenuItemConstructorOptions;
const items = ({ submenu }: Item): Item[] => (Array.isArray(submenu) ? submenu : []);
const name = ({ label, role, type }: Item): string => label ?? role ?? type ?? '';
const outline = (menus: Item[]) =>
  Object.fromEntries(menus.map((menu) => [name(menu), items(menu).map(name)]));
const all = (menus: Item[]): Item[] => menus.flatMap((menu) => [menu, ...all(items(menu))]);

const EDIT = [
  ...['undo', 'redo', 'separator', 'cut', 'copy', 'paste', 'delete', 'separator', 'selectAll'],
];

describe('menuTemplate', () => {
  it('has a menu for each group, in the order of the system', () => {
    const menus = outline(menuTemplate(COMMANDS, choices()));
    expect(Object.entries(menus)).toEqual([
      ['File', ['New job…', 'separator', 'Quit Slipway']],
      ['Edit', EDIT],
      ['Run', ['stop']],
      ['Log', ['follow']],
      ['View', ['zoomIn']],
      ['Go to', ['goJobs']],
      ['windowMenu', []],
      ['help', ['shortcuts', 'separator', 'about']],
    ]);
  });

  it('has the menus of a Mac on a Mac', () => {
    const menus = outline(menuTemplate(COMMANDS, choices({ platform: 'darwin' })));
    expect(Object.keys(menus)).toEqual([
      ...['appMenu', 'Jobs', 'Edit', 'Run', 'Log', 'View', 'Go to', 'windowMenu'],
    ]);
    expect(menus['appMenu']).toContain('shortcuts');
    expect(menus['Jobs']).toEqual(['New job…']);
  });

  it('is whole before the window has told its commands', () => {
    const menus = outline(menuTemplate([], choices()));
    expect(Object.keys(menus)).toEqual(['File', 'Edit', 'windowMenu', 'help']);
  });

  it.each(['linux', 'win32', 'darwin'] as const)(
    'lets nobody reload or look into a packaged window (%s)',
    (platform) => {
      const roles = (isPackaged: boolean) =>
        all(menuTemplate(COMMANDS, choices({ platform, isPackaged }))).map(({ role }) => role);
      expect(roles(true).filter((role) => /reload|devtools/i.test(role ?? ''))).toEqual([]);
      expect(roles(false)).toContain('toggleDevTools');
    },
  );

  it('shows shortcuts and registers none: the window listens to the keys itself', () => {
    const shown = all(menuTemplate(COMMANDS, choices())).filter(({ accelerator }) => accelerator);
    expect(shown.map(({ accelerator }) => accelerator)).toContain('CommandOrControl+N');
    expect(shown.every(({ registerAccelerator }) => registerAccelerator === false)).toBe(true);
  });

  it('runs the command of the item that was chosen', () => {
    const run = vi.fn();
    const item = all(menuTemplate(COMMANDS, choices({ run }))).find(({ id }) => id === 'newJob')!;
    (item.click as () => void)();
    expect(run).toHaveBeenCalledExactlyOnceWith('newJob');
  });

  it('leaves what is disabled so, and signs of the system out of names', () => {
    const [file, , run] = menuTemplate(
      [command('a', 'Jobs', { title: 'R&D' }), command('b', 'Run', { enabled: false })],
      choices(),
    );
    expect(items(file!)[0]!.label).toBe('R&&D');
    expect(items(run!)[0]!.enabled).toBe(false);
  });
});

describe('acceleratorOf', () => {
  it.each([
    ['Mod+Shift+K', 'CommandOrControl+Shift+K'],
    ['Mod+Comma', 'CommandOrControl+,'],
    ['Alt+ArrowLeft', 'Alt+Left'],
    ['Mod+Plus', 'CommandOrControl+Plus'],
    ['Mod+Minus', 'CommandOrControl+-'],
    ['Mod+1', 'CommandOrControl+1'],
    ['Mod+Enter', 'CommandOrControl+Return'],
    ['F11', 'F11'],
    ['Delete', 'Delete'],
    ['?', '?'],
    ['Mod+BracketLeft', null],
    ['Mod+', null],
    ['', null],
    ['Mod+é', null],
    ['Mod+K; rm', null],
  ])('%j is %j', (shortcut, accelerator) => {
    expect(acceleratorOf(shortcut)).toBe(accelerator);
  });
});
