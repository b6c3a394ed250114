import * as z from 'zod/mini';
import { ROOM_KINDS, roomReportSchema } from '../../domain/room.ts';
import { command, id } from '../command.ts';

/** Room on the disk. */
export const roomCommands = {
  /** Measures everything; long, with progress. */
  measureRoom: command(z.strictObject({ operationId: id }), roomReportSchema),
  /**
   * Frees what a clean-up may free, of these kinds. Nothing that a version, an alias or a starred run needs is
   * ever freed.
   */
  cleanUp: command(
    z.strictObject({ operationId: id, kinds: z.array(z.enum(ROOM_KINDS)).check(z.minLength(1)) }),
    z.object({
      /** What was freed, in bytes. */
      freed: z.number(),
      /** What could not be, each in a sentence. */
      problems: z.array(z.string()),
      report: roomReportSchema,
    }),
  ),
} as const;
