import * as z from 'zod/mini';

/** Name of the project that always exists. */
export const DEFAULT_PROJECT = 'default';

export const projectSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Milliseconds since 1970; for display only. */
  createdAt: z.number(),
  jobCount: z.number(),
  runCount: z.number(),
});

/** A named group of jobs and runs. */
export type Project = z.infer<typeof projectSchema>;
