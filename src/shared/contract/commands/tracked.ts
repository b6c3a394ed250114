import * as z from 'zod/mini';
import { importedRunSchema, watchedFolderSchema } from '../../domain/tracked.ts';
import { id, path, name, nothing, command } from '../command.ts';

/** Runs that were tracked elsewhere. */
export const trackedCommands = {
  /** Imports the tracked runs in a chosen folder. */
  importRuns: command(
    z.strictObject({ operationId: id, folder: path, project: name }),
    z.array(importedRunSchema),
  ),
  listWatchedFolders: command(nothing, z.array(watchedFolderSchema)),
  /** Imports what a chosen folder holds now and will hold; again with other words changes them. */
  watchFolder: command(
    z.strictObject({ folder: path, project: name, enabled: z.boolean() }),
    z.array(watchedFolderSchema),
  ),
  unwatchFolder: command(z.strictObject({ folder: path }), z.array(watchedFolderSchema)),
} as const;
