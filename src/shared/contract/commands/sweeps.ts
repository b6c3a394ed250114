import * as z from 'zod/mini';
import { launchSpecSchema } from '../../domain/launch-spec.ts';
import { queuePlacementSchema } from '../../domain/queue.ts';
import { ENGINE_KINDS, REWRITE_POLICIES } from '../../domain/run.ts';
import {
  SWEEP_LIMIT,
  sweepCellSchema,
  sweepPlanSchema,
  sweepPreviewSchema,
  sweepSchema,
} from '../../domain/sweep.ts';
import { id, name, entryPointText, command } from '../command.ts';

/** What is swept over: the version, what every cell is given, and how the cells differ. */
const sweep = {
  versionId: id,
  entryPoint: z.optional(entryPointText),
  engine: z.optional(z.enum(ENGINE_KINDS)),
  spec: launchSpecSchema,
  plan: sweepPlanSchema,
};

/** Runs of one version over a set of inputs. */
export const sweepsCommands = {
  /** The cells that a sweep would have, and what keeps it from starting. Starts nothing. */
  planSweep: command(z.strictObject(sweep), sweepPreviewSchema),
  /** Queues a run for each cell, all or none. */
  startSweep: command(
    z.strictObject({
      ...sweep,
      operationId: id,
      name: z.optional(name),
      /** Cells that run at a time. */
      concurrency: z.int().check(z.minimum(1), z.maximum(SWEEP_LIMIT)),
      rewrite: z.optional(z.enum(REWRITE_POLICIES)),
      /** The job's source is taken again first, and the cells run what that came to. */
      fresh: z.optional(z.boolean()),
      /** Its cells are put into a queue, whose limits hold beside that of the sweep. */
      queue: z.optional(queuePlacementSchema),
    }),
    sweepSchema,
  ),
  listSweeps: command(
    z.strictObject({ projectId: z.optional(id), jobId: z.optional(id) }),
    z.array(sweepSchema),
  ),
  getSweep: command(
    z.strictObject({ sweepId: id }),
    z.object({ sweep: sweepSchema, cells: z.array(sweepCellSchema) }),
  ),
  /** Ends the runs that wait and asks the others to end. */
  stopSweep: command(z.strictObject({ sweepId: id }), sweepSchema),
  /** Queues a new run of each cell whose newest run failed or crashed. */
  rerunSweepFailed: command(z.strictObject({ sweepId: id }), sweepSchema),
} as const;
