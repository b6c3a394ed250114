import type * as z from 'zod/mini';
import { appCommands } from './commands/app.ts';
import { jobsCommands } from './commands/jobs.ts';
import { versionsCommands } from './commands/versions.ts';
import { sourcesCommands } from './commands/sources.ts';
import { inputsCommands } from './commands/inputs.ts';
import { presetsCommands } from './commands/presets.ts';
import { runsCommands } from './commands/runs.ts';
import { sweepsCommands } from './commands/sweeps.ts';
import { trackedCommands } from './commands/tracked.ts';
import { secretsCommands } from './commands/secrets.ts';
import { marksCommands } from './commands/marks.ts';
import { runListCommands } from './commands/run-list.ts';
import { shellCommands } from './commands/shell.ts';
import { queuesCommands } from './commands/queues.ts';
import { roomCommands } from './commands/room.ts';

/**
 * Every request the window can make. The bridge in `preload` and the endpoints in `main` are both
 * made from this table, so that neither can miss or add one.
 */
export const commands = {
  ...appCommands,
  ...jobsCommands,
  ...versionsCommands,
  ...sourcesCommands,
  ...inputsCommands,
  ...presetsCommands,
  ...runsCommands,
  ...sweepsCommands,
  ...trackedCommands,
  ...secretsCommands,
  ...marksCommands,
  ...runListCommands,
  ...shellCommands,
  ...queuesCommands,
  ...roomCommands,
} as const;

export type CommandName = keyof typeof commands;
export type CommandInput<N extends CommandName> = z.infer<(typeof commands)[N]['input']>;
export type CommandOutput<N extends CommandName> = z.infer<(typeof commands)[N]['output']>;

export const commandNames = Object.keys(commands) as CommandName[];
