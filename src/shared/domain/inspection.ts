import * as z from 'zod/mini';
import { detectionSchema } from './detection.ts';
import { environmentPlanSchema } from './job.ts';

export const inspectionSchema = z.object({
  detection: detectionSchema,
  /** How the environment would be made; null when `problem` says why it cannot. */
  environment: z.nullable(environmentPlanSchema),
  problem: z.nullable(z.string()),
  /** The build context that was looked at, empty for the root: the one asked for, or that of a pasted address. */
  context: z.string(),
  /** What was frozen to look at it; null for a folder, of which nothing is stored. */
  git: z.nullable(
    z.object({
      remote: z.string(),
      ref: z.nullable(z.string()),
      commit: z.string(),
      files: z.number(),
      bytes: z.number(),
    }),
  ),
  notes: z.array(z.string()),
});

/** What was found out about a folder or repository without running anything of it. */
export type Inspection = z.infer<typeof inspectionSchema>;
