import * as z from 'zod/mini';
import { doctorReportSchema, engineChoiceSchema } from '../../domain/engine.ts';
import { troubleSchema } from '../../domain/trouble.ts';
import { settingsSchema } from '../../domain/settings.ts';
import { id, nothing, command } from '../command.ts';

/** The app itself, its settings and what is under way. */
export const appCommands = {
  appInfo: command(
    nothing,
    z.object({ version: z.string(), dataDir: z.string(), platform: z.string() }),
  ),
  doctor: command(nothing, doctorReportSchema),
  /** Does what a check of the doctor offers, by its id. Tells what was done. */
  mend: command(z.strictObject({ id }), z.object({ text: z.string() })),
  /** What is wrong with the machine now. */
  listTroubles: command(nothing, z.array(troubleSchema)),
  engineChoice: command(nothing, engineChoiceSchema),
  getSettings: command(nothing, settingsSchema),
  saveSettings: command(settingsSchema, settingsSchema),
  /** Stops a long request (a fetch, pull, preview, snapshot, ...) that is under way. */
  cancelOperation: command(z.strictObject({ operationId: id }), nothing),
} as const;
