import * as z from 'zod/mini';
import { launchProblemSchema } from './launch-spec.ts';

/** What one input takes in a sweep: the values of a list, steps of a range, or draws from a range. */
export const sweepAxisSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('list'), input: z.string(), values: z.array(z.json()) }),
  z.object({
    kind: z.literal('range'),
    input: z.string(),
    from: z.number(),
    /** Included when a step falls on it. */
    to: z.number(),
    /** For a grid; a random sweep draws from the steps. */
    step: z.number(),
  }),
  z.object({
    kind: z.literal('draw'),
    input: z.string(),
    min: z.number(),
    max: z.number(),
    scale: z.enum(['linear', 'log']),
    integer: z.boolean(),
  }),
]);

export type SweepAxis = z.infer<typeof sweepAxisSchema>;

export const sweepPlanSchema = z.object({
  method: z.enum(['grid', 'random']),
  axes: z.array(sweepAxisSchema),
  /** Cells of a random sweep. */
  count: z.nullable(z.int()),
  /** Of a random sweep: the same seed draws the same cells. */
  seed: z.int(),
});

/** Which cells a sweep has. */
export type SweepPlan = z.infer<typeof sweepPlanSchema>;

export const SWEEP_LIMIT = 10_000;

export const sweepSchema = z.object({
  id: z.string(),
  projectId: z.string(),
  jobId: z.string(),
  jobName: z.string(),
  versionId: z.string(),
  versionNumber: z.number(),
  name: z.string(),
  plan: sweepPlanSchema,
  /** Cells that run at a time. */
  concurrency: z.number(),
  cells: z.number(),
  /** Cells by the state of their newest run. */
  states: z.record(z.string(), z.number()),
  stopRequestedAt: z.nullable(z.number()),
  createdAt: z.number(),
});

/** Runs of one version over a set of inputs, started as a group. */
export type Sweep = z.infer<typeof sweepSchema>;

export const sweepPreviewSchema = z.object({
  /** How many there would be. */
  cells: z.number(),
  /** The values of the first of them, in order. */
  first: z.array(z.record(z.string(), z.json())),
  /** What a launch of the first cells would be refused for, and what is wrong with the plan; each once. */
  problems: z.array(launchProblemSchema),
});

/** What a sweep would start. */
export type SweepPreview = z.infer<typeof sweepPreviewSchema>;

export const sweepCellSchema = z.object({
  /** Its place in the sweep, from 0. */
  cell: z.number(),
  /** What its inputs are given, by the names of the axes. */
  values: z.record(z.string(), z.json()),
  /** Its newest run. */
  runId: z.string(),
});

/** One cell of a started sweep. */
export type SweepCell = z.infer<typeof sweepCellSchema>;
