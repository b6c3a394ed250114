import * as z from 'zod/mini';
import {
  queueChoicesSchema,
  queueSchema,
  queueViewSchema,
  waitReasonSchema,
} from '../../domain/queue.ts';
import { PRIORITIES } from '../../domain/run.ts';
import { command, id } from '../command.ts';

const runIds = z.array(id).check(z.minLength(1), z.maxLength(1000));

/** Queues, and the place of runs in them. What many runs are after a change is pushed, see `marksCommands`. */
export const queuesCommands = {
  /** The default one first, then by name. */
  listQueues: command(z.strictObject({}), z.array(queueSchema)),
  getQueue: command(
    z.strictObject({
      queueId: id,
      /** How many of those that wait, and of those that ended. */
      limit: z.int().check(z.minimum(1), z.maximum(1000)),
      /** How many of those that wait are passed over; left away: none. */
      offset: z.optional(z.int().check(z.minimum(0))),
    }),
    queueViewSchema,
  ),
  createQueue: command(queueChoicesSchema, queueSchema),
  updateQueue: command(
    z.strictObject({ queueId: id, change: z.partial(queueChoicesSchema) }),
    queueSchema,
  ),
  /** Of one that nothing waits or runs in; never of the default one. */
  removeQueue: command(z.strictObject({ queueId: id }), z.object({})),
  /** Of one queue, or of all. What runs goes on. */
  pauseQueues: command(
    z.strictObject({ queueId: z.nullable(id), paused: z.boolean() }),
    z.array(queueSchema),
  ),
  /** Changes the place of runs that wait; those that have started meanwhile stay as they are. Returns those that it moved. */
  moveRuns: command(
    z.strictObject({
      /** In the order in which they are to stand. */
      runIds,
      /** To another queue. */
      queueId: z.optional(id),
      priority: z.optional(z.enum(PRIORITIES)),
      /** Right before this run that waits, with its priority; null: behind all of the same priority. */
      before: z.optional(z.nullable(id)),
      /** ms since 1970; null: as soon as it may. */
      notBefore: z.optional(z.nullable(z.number())),
    }),
    z.array(id),
  ),
  /** Ends runs that wait, as stopped. Returns those that it ended. */
  removeFromQueue: command(z.strictObject({ runIds }), z.array(id)),
  /** Why runs have not started, by their ids; those that wait for nothing any more are left out. */
  waitReasons: command(
    z.strictObject({ runIds: z.array(id).check(z.maxLength(500)) }),
    z.record(z.string(), waitReasonSchema),
  ),
} as const;
