import * as z from 'zod/mini';

export const attemptSchema = z.object({
  id: z.string(),
  runId: z.string(),
  environmentId: z.nullable(z.string()),
  /** The engine's name for it, once it was made. */
  ref: z.nullable(z.string()),
  /** Set before the start request is sent. */
  startRequestedAt: z.nullable(z.number()),
  /** Set before the first signal of a stop is sent. */
  stopSentAt: z.nullable(z.number()),
  /** Set before the signal that ends it for being over its time limit is sent. */
  overTimeAt: z.nullable(z.number()),
  /** Which secrets it was given, by their stamps as JSON; null while it was given none. */
  secretStamps: z.nullable(z.string()),
  /** 1 when the engine was away and has not shown since that this still runs. */
  engineGap: z.number(),
});

/** One try to execute a run. Containers and folders are named after its id. */
export type Attempt = z.infer<typeof attemptSchema>;
