import * as z from 'zod/mini';
import { logKindSchema } from '../log-stream.ts';
import { id, nothing, path, command } from '../command.ts';

const shown = z.string().check(z.maxLength(200));

const listedCommand = z.strictObject({
  id: shown,
  title: shown,
  /** The menu it stands in. */
  group: shown,
  /** `Mod+Shift+K`; null for none. */
  shortcut: z.nullable(shown),
  enabled: z.boolean(),
});

export type ListedCommand = z.infer<typeof listedCommand>;

/** The window and what is around it. */
export const shellCommands = {
  /** The command list of the window, in order: the menus of the system are made from it. */
  publishCommands: command(
    z.strictObject({ commands: z.array(listedCommand).check(z.maxLength(500)) }),
    nothing,
  ),
  /** Which run or queue is on the screen: nobody is notified of what they look at. */
  reportView: command(z.strictObject({ runId: z.nullable(id), queueId: z.nullable(id) }), nothing),
  zoom: command(
    z.strictObject({ step: z.enum(['in', 'out', 'reset']) }),
    z.object({ percent: z.number() }),
  ),
  toggleFullScreen: command(nothing, nothing),
  quit: command(nothing, nothing),
  /** The folder of the bundled example, granted like one that was chosen. */
  exampleFolder: command(nothing, z.object({ folder: path })),
  /** Asks where to, then writes a log as a file; null when cancelled. */
  saveLog: command(
    z.strictObject({
      operationId: id,
      runId: id,
      kind: logKindSchema,
      /** Null for both. */
      streams: z.nullable(z.array(z.int()).check(z.maxLength(2))),
      /** Without escape sequences and folded as a terminal shows it, instead of the exact bytes. */
      plain: z.boolean(),
    }),
    z.nullable(z.object({ file: path, bytes: z.number() })),
  ),
} as const;
