import type { Command } from './command.ts';
import { frameCommands } from './frame-commands.ts';
import { jobCommands } from './job-commands.ts';
import { listCommands } from './list-commands.ts';
import { logCommands } from './log-commands.ts';
import { queueCommands } from './queue-commands.ts';
import { runCommands } from './run-commands.ts';

/** Every action of the window, once: buttons, menus, the palette and the shortcuts all come from here. */
export const COMMANDS = {
  ...jobCommands,
  ...runCommands,
  ...queueCommands,
  ...logCommands,
  ...listCommands,
  ...frameCommands,
} satisfies Record<string, Command>;
