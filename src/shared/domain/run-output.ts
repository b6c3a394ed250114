import * as z from 'zod/mini';

export const runOutputSchema = z.object({
  /** As it was asked for: from the code's folder, or absolute. */
  path: z.string(),
  files: z.number(),
  bytes: z.number(),
  /** In one sentence, why it is not there, or not whole; null when all of it is. */
  problem: z.nullable(z.string()),
});

/** A file or folder that a run left behind and that was kept. */
export type RunOutput = z.infer<typeof runOutputSchema>;
