import * as z from 'zod/mini';
import { inputSchemaSchema } from '../../domain/inputs.ts';
import { launchPlanSchema, launchSpecSchema } from '../../domain/launch-spec.ts';
import { queuePlacementSchema } from '../../domain/queue.ts';
import { ENGINE_KINDS } from '../../domain/run.ts';
import { id, entryPointText, command } from '../command.ts';

/** What a version can be given, and what a launch would do with it. */
export const inputsCommands = {
  /** Every input of a version: typed, with where it goes and how it is known. */
  versionInputs: command(z.strictObject({ versionId: id }), inputSchemaSchema),
  /** What a launch of a version would do, and what keeps it from starting. Starts nothing. */
  planLaunch: command(
    z.strictObject({
      versionId: id,
      entryPoint: z.optional(entryPointText),
      engine: z.optional(z.enum(ENGINE_KINDS)),
      spec: launchSpecSchema,
      /** As the launch will be put into a queue, which adds its resources. */
      queue: z.optional(queuePlacementSchema),
    }),
    launchPlanSchema,
  ),
} as const;
