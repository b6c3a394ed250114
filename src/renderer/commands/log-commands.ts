import { toggleWrap } from '../stores/ui.ts';
import { command, pageIs } from './command.ts';

/** The log on the screen. */
export const logCommands = {
  toggleWrap: command('Log', 'Wrap long lines in logs', toggleWrap, {
    shortcut: 'Alt+Z',
    enabled: () => pageIs('run'),
  }),
};
