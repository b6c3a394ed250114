import { command, pageIs } from './command.ts';

const focusFilter = (): void =>
  document.querySelector<HTMLInputElement>('input[type="search"]')?.focus();

/** The list on the screen. */
export const listCommands = {
  filter: command('View', 'Filter this list', focusFilter, {
    shortcut: 'Mod+F',
    enabled: () => pageIs('jobs', 'runs'),
  }),
};
