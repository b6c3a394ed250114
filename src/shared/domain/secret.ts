import * as z from 'zod/mini';

/** What is in the operating system's secret store, by name only. */
export const secretListSchema = z.object({
  /** Null when the store can be used; else why not, and what to do. */
  problem: z.nullable(z.string()),
  names: z.array(z.string()),
});

export type SecretList = z.infer<typeof secretListSchema>;
