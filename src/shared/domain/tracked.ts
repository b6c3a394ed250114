import * as z from 'zod/mini';

/** What became of one run folder that was looked at. */
export const importedRunSchema = z.object({
  folder: z.string(),
  /** `imported` now, `known` from before and unchanged, `skipped` for the reason in `text`. */
  outcome: z.enum(['imported', 'known', 'skipped']),
  /** Slipway's run; null when it was skipped. */
  runId: z.nullable(z.string()),
  /** Job and version it was filed under, or why it was skipped. */
  text: z.string(),
  /** Files that could not be read as a whole. */
  problems: z.array(z.string()),
});

export type ImportedRun = z.infer<typeof importedRunSchema>;

export const watchedFolderSchema = z.object({
  folder: z.string(),
  projectId: z.string(),
  /** Off: known, but not looked at. */
  enabled: z.boolean(),
  createdAt: z.number(),
});

/** A folder whose tracked runs become jobs by themselves. */
export type WatchedFolder = z.infer<typeof watchedFolderSchema>;

export const metricSeriesSchema = z.object({
  name: z.string(),
  /** Points of the whole series; `points` may hold fewer, spread evenly. */
  count: z.number(),
  last: z.nullable(z.number()),
  points: z.array(z.object({ step: z.number(), at: z.nullable(z.number()), value: z.number() })),
});

/** One metric of a run over its steps. Times are ms since 1970. */
export type MetricSeries = z.infer<typeof metricSeriesSchema>;

export const metricNewsSchema = z.object({
  changed: z.array(
    z.extend(metricSeriesSchema, {
      /** Another one when the series was replaced by one of its name. */
      id: z.number(),
      /** Points the reader has that these go behind; 0: they are all there is to show. */
      from: z.number(),
    }),
  ),
  /** Series that are not there any more. */
  gone: z.array(z.number()),
});

/** What a reader of metrics does not have yet. */
export type MetricNews = z.infer<typeof metricNewsSchema>;
