import * as z from 'zod/mini';

/** What takes room on the disk, as it is counted and cleaned up. */
export const ROOM_KINDS = [
  /** Images that were built here, on the engine's disk. */
  'images',
  /** Virtual environments of the process engine. */
  'environments',
  /** Code of versions. */
  'snapshots',
  /** Mirrors of repositories. */
  'mirrors',
  /** Logs of runs and builds. */
  'logs',
  /** Files that runs left behind, and what they tracked. */
  'outputs',
  /** Metrics. */
  'metrics',
  /** The database, and copies of it. */
  'database',
  /** What was left over by something that was interrupted. */
  'leftovers',
] as const;

export type RoomKind = (typeof ROOM_KINDS)[number];

export const roomItemSchema = z.object({
  kind: z.enum(ROOM_KINDS),
  /** Of the job, run or image that it belongs to, where it belongs to one. */
  jobId: z.nullable(z.string()),
  runId: z.nullable(z.string()),
  name: z.string(),
  bytes: z.number(),
  /** What of it a clean-up would free. */
  freeable: z.number(),
  /** Why it is kept, or may go: "used by segment v3", "no version needs it". */
  because: z.string(),
  /** When it was last used, ms since 1970; null when that is not known. */
  usedAt: z.nullable(z.number()),
});

/** One thing that takes room. */
export type RoomItem = z.infer<typeof roomItemSchema>;

export const roomReportSchema = z.object({
  measuredAt: z.number(),
  total: z.number(),
  freeable: z.number(),
  /** Free on the disk of the data folder. */
  diskFree: z.number(),
  /** What all of it may take; 0 for no limit. */
  budgetBytes: z.number(),
  /** What was freed last to keep the budget; null when nothing ever was. */
  keptBudget: z.nullable(z.object({ at: z.number(), freed: z.number() })),
  kinds: z.array(
    z.object({
      kind: z.enum(ROOM_KINDS),
      bytes: z.number(),
      freeable: z.number(),
      /** Why it could not be measured; null when it was. */
      problem: z.nullable(z.string()),
    }),
  ),
  jobs: z.array(
    z.object({ jobId: z.string(), name: z.string(), bytes: z.number(), freeable: z.number() }),
  ),
  /** The largest first: all that can be freed, and the largest of what cannot. */
  items: z.array(roomItemSchema),
});

/** What takes room, and what a clean-up would free. All sizes in bytes. */
export type RoomReport = z.infer<typeof roomReportSchema>;
