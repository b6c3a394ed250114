import * as z from 'zod/mini';
import { deliverySchema, launchSpecSchema } from '../../domain/launch-spec.ts';
import { queuePlacementSchema } from '../../domain/queue.ts';
import { runOutputSchema } from '../../domain/run-output.ts';
import {
  buildStepSchema,
  ENGINE_KINDS,
  REWRITE_POLICIES,
  runEventSchema,
  runSchema,
} from '../../domain/run.ts';
import { metricNewsSchema } from '../../domain/tracked.ts';
import { id, name, entryPointText, command } from '../command.ts';

const launchedSchema = z.object({
  run: runSchema,
  newVersion: z.boolean(),
  /** The run is an earlier one that was given the same; nothing was started. */
  identical: z.boolean(),
  notes: z.array(z.string()),
});

/** Runs, and what they leave behind. */
export const runsCommands = {
  launch: command(
    z.strictObject({
      jobId: id,
      /** A version to launch as it is; without it the job's folder is frozen again first. */
      versionId: z.optional(id),
      operationId: id,
      entryPoint: z.optional(entryPointText),
      engine: z.optional(z.enum(ENGINE_KINDS)),
      name: z.optional(name),
      /** Left away: `ask`, which fails with `E_PREFLIGHT` and what a rewrite would change. */
      rewrite: z.optional(z.enum(REWRITE_POLICIES)),
      /** What the run is given; left away: nothing but the code's own defaults. */
      spec: z.optional(launchSpecSchema),
      /** Put into a queue; left away: started at once. */
      queue: z.optional(queuePlacementSchema),
    }),
    launchedSchema,
  ),
  listRuns: command(
    z.strictObject({
      projectId: z.optional(id),
      jobId: z.optional(id),
      sweepId: z.optional(id),
      /** Runs older than this one (its id), for the next page. */
      before: z.optional(id),
      limit: z.int().check(z.minimum(1), z.maximum(500)),
    }),
    z.array(runSchema),
  ),
  getRun: command(
    z.strictObject({ runId: id }),
    z.object({
      run: runSchema,
      events: z.array(runEventSchema),
      steps: z.array(buildStepSchema),
    }),
  ),
  /** What a run was asked to be given and what that came to; null for an imported run. */
  runSpec: command(
    z.strictObject({ runId: id }),
    z.nullable(
      z.object({
        /** The words that the inputs were put behind. */
        entryPoint: z.array(z.string()),
        spec: launchSpecSchema,
        delivery: deliverySchema,
      }),
    ),
  ),
  /** The same once more: version, inputs and engine. */
  rerunRun: command(
    z.strictObject({ runId: id, operationId: id, queue: z.optional(queuePlacementSchema) }),
    launchedSchema,
  ),
  stopRun: command(z.strictObject({ runId: id }), runSchema),
  /** The metrics of a run; to a window that has some already, what is new: see `MetricNews`. */
  runMetricsSince: command(
    z.strictObject({
      runId: id,
      points: z.int().check(z.minimum(2), z.maximum(5000)),
      have: z.array(z.strictObject({ id: z.number(), count: z.number() })).check(z.maxLength(5000)),
    }),
    metricNewsSchema,
  ),
  /** The files that a run was asked to leave behind, and whether it did. */
  runOutputs: command(z.strictObject({ runId: id }), z.array(runOutputSchema)),
  /** Shows them in the file manager of the system. */
  openRunOutputs: command(z.strictObject({ runId: id }), z.object({ folder: z.string() })),
} as const;
