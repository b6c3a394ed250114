import * as z from 'zod/mini';
import { jsonValuesSchema } from './json.ts';
import { ENGINE_KINDS, PRIORITIES, runSchema } from './run.ts';

/** The queue that is always there. */
export const DEFAULT_QUEUE = 'default';

/** Longest name of a queue, as W&B has it. */
export const QUEUE_NAME_LENGTH = 64;

/** Runs that ended which the timeline of a queue shows: as many rows as can be taken in at a glance. */
export const QUEUE_TIMELINE = 12;

/** The highest limit of runs at a time that a queue can have. */
export const QUEUE_CONCURRENCY = 10_000;

/**
 * What a launch may be asked for by a `{{name}}` in the resources of a queue. The subset of JSON Schema that
 * W&B Launch has for its template variables.
 */
export const queueVariableSchema = z.strictObject({
  type: z.enum(['string', 'integer', 'number']),
  description: z.optional(z.string()),
  /** Of a string: the values it may have. */
  enum: z.optional(z.array(z.string())),
  /** Of a number. */
  minimum: z.optional(z.number()),
  maximum: z.optional(z.number()),
  default: z.optional(z.union([z.string(), z.number()])),
});

export type QueueVariable = z.infer<typeof queueVariableSchema>;

/** What a person decides about a queue. */
const choices = {
  name: z.string().check(z.minLength(1), z.maxLength(QUEUE_NAME_LENGTH)),
  /** Where its runs are executed; null: the engine that a launch would use anyway. */
  engine: z.nullable(z.enum(ENGINE_KINDS)),
  /** Runs at a time; null for no limit but that of the machine. */
  concurrency: z.nullable(z.int().check(z.minimum(1), z.maximum(QUEUE_CONCURRENCY))),
  /** What its runs get where a launch says nothing else: as in `--resource-args`, with `{{variables}}`. */
  resourceArgs: jsonValuesSchema,
  variables: z.record(z.string(), queueVariableSchema),
};

export const queueChoicesSchema = z.strictObject(choices);

export type QueueChoices = z.infer<typeof queueChoicesSchema>;

export const queueSchema = z.object({
  id: z.string(),
  ...choices,
  /** Since when nothing of it is started; null while it is not paused. */
  pausedAt: z.nullable(z.number()),
  /** Runs that wait in it, and those that were started from it and have not ended. */
  waiting: z.number(),
  running: z.number(),
  createdAt: z.number(),
});

/** An ordered list of runs to start. Times are milliseconds since 1970, for display only. */
export type Queue = z.infer<typeof queueSchema>;

/** Why a run has not started, in the order in which they count. */
export const WAIT_CODES = [
  /** Its queue, or the whole of Slipway, is paused. */
  'paused',
  /** No process executes queues now. */
  'no-executor',
  /** Its time has not come. */
  'not-before',
  /** It asks for more than the machine has. */
  'never-fits',
  /** Its engine does not answer. */
  'engine',
  /** Its engine has no room on its disk, or this machine has none for it. */
  'disk',
  /** As many run as its queue lets run. */
  'limit',
  /** As many cells of its sweep run as may. */
  'sweep',
  /** The memory or processors it needs are not free now. */
  'resources',
  /** Others are before it. */
  'behind',
  /** Nothing stands in its way: it is started in this moment. */
  'next',
] as const;

export const waitReasonSchema = z.object({
  code: z.enum(WAIT_CODES),
  /** In words: "2 of 2 running", "needs 8 GiB, 3.1 GiB free now". */
  text: z.string(),
  /** What the person can do, where that is not plain. */
  next: z.nullable(z.string()),
});

export type WaitReason = z.infer<typeof waitReasonSchema>;

export const queueEntrySchema = z.object({
  run: runSchema,
  /** Its place among those that wait, from 1. */
  position: z.number(),
  reason: waitReasonSchema,
});

/** A run that waits in a queue. */
export type QueueEntry = z.infer<typeof queueEntrySchema>;

export const executorSchema = z.object({
  /** What executes queues now; null when nothing does. */
  kind: z.nullable(z.enum(['app', 'serve', 'terminal'])),
  pid: z.nullable(z.int()),
  /** Whether it is the process that answers. */
  here: z.boolean(),
});

/** The one process on a data folder that starts what waits. */
export type Executor = z.infer<typeof executorSchema>;

export const queueViewSchema = z.object({
  queue: queueSchema,
  executor: executorSchema,
  /** Of those that wait, the ones that were asked for, in the order in which they will start. */
  waiting: z.array(queueEntrySchema),
  /** How many wait, of each priority. */
  waitingOf: z.record(z.enum(PRIORITIES), z.number()),
  /** Started from it and not ended, oldest first. */
  running: z.array(runSchema),
  /** Ended, newest first: what the timeline shows. */
  ended: z.array(runSchema),
});

/** A queue with what is in it. */
export type QueueView = z.infer<typeof queueViewSchema>;

export const queuePlacementSchema = z.strictObject({
  /** Its id; left away: the default one. */
  queueId: z.optional(z.string()),
  /** Left away: medium. */
  priority: z.optional(z.enum(PRIORITIES)),
  /** ms since 1970: not started before. */
  notBefore: z.optional(z.number()),
  /** Values of the queue's variables. */
  variables: z.optional(z.record(z.string(), z.union([z.string(), z.number()]))),
});

/** How a launch is put into a queue. */
export type QueuePlacement = z.infer<typeof queuePlacementSchema>;
