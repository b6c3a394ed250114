import * as z from 'zod/mini';
import { engineChoiceSchema } from '../domain/engine.ts';
import { jobSchema, jobVersionSchema } from '../domain/job.ts';
import { projectSchema } from '../domain/project.ts';
import { queueSchema } from '../domain/queue.ts';
import { buildStepSchema, runEventSchema, runSchema } from '../domain/run.ts';
import { sweepSchema } from '../domain/sweep.ts';
import { troubleSchema } from '../domain/trouble.ts';

/** Rows that changed, by any process on the data folder: the newest state of each, never a difference. */
export const changesSchema = z.object({
  projects: z.array(projectSchema),
  jobs: z.array(jobSchema),
  versions: z.array(jobVersionSchema),
  runs: z.array(runSchema),
  runEvents: z.array(runEventSchema),
  steps: z.array(buildStepSchema),
  sweeps: z.array(sweepSchema),
  queues: z.array(queueSchema),
  /** Ids of what was deleted for good. */
  removed: z.object({
    runs: z.array(z.string()),
    jobs: z.array(z.string()),
    sweeps: z.array(z.string()),
    queues: z.array(z.string()),
  }),
});

export type Changes = z.infer<typeof changesSchema>;

export const operationProgressSchema = z.object({
  operationId: z.string(),
  /** What is being done now: "Reading train.py". */
  text: z.string(),
  done: z.number(),
  /** Null while the whole is not known. */
  total: z.nullable(z.number()),
});

export type OperationProgress = z.infer<typeof operationProgressSchema>;

/** A place to show: a notification, a link or the tray was clicked. */
export const openTargetSchema = z.discriminatedUnion('page', [
  z.object({ page: z.literal('run'), runId: z.string(), line: z.nullable(z.number()) }),
  z.object({ page: z.literal('job'), jobId: z.string() }),
  z.object({ page: z.literal('sweep'), sweepId: z.string() }),
  z.object({ page: z.literal('queue'), queueId: z.string() }),
]);

export type OpenTarget = z.infer<typeof openTargetSchema>;

/** Every push from main to the window. */
export const events = {
  changes: changesSchema,
  operation: operationProgressSchema,
  engine: engineChoiceSchema,
  /** All that is wrong with the machine now. */
  troubles: z.array(troubleSchema),
  open: openTargetSchema,
  /** An item of a menu was chosen: the id of a command that the window published. */
  command: z.object({ id: z.string() }),
} as const;

export type EventName = keyof typeof events;
export type EventPayload<N extends EventName> = z.infer<(typeof events)[N]>;

export const eventNames = Object.keys(events) as EventName[];
