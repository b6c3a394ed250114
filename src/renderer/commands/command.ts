import { useUi } from '../stores/ui.ts';
import { shortcutText } from './keys.ts';

/** The menus of the window, in the order of the menu bar. */
export const GROUPS = ['Jobs', 'Run', 'Queue', 'Log', 'View', 'Go to', 'App'] as const;

export interface Command {
  title: string;
  group: (typeof GROUPS)[number];
  shortcut?: string;
  /** Absent: always. */
  enabled?(): boolean;
  run(): void;
}

export const command = (
  group: Command['group'],
  title: string,
  run: () => unknown,
  more: { shortcut?: string; enabled?: () => boolean } = {},
): Command => ({ group, title, run: () => void run(), ...more });

/** Whether the page on the screen is one of these. */
export const pageIs = (...pages: string[]): boolean =>
  pages.includes(useUi.getState().history.at.page);

export const isEnabled = (entry: Command): boolean => entry.enabled?.() ?? true;

/** Title and shortcut, as a button's tooltip shows them. */
export const commandHint = (entry: Command): string =>
  entry.shortcut
    ? `${entry.title.replace('…', '')} (${shortcutText(entry.shortcut)})`
    : entry.title;
