import * as z from 'zod/mini';

/**
 * What can be wrong with the machine that everything stands on: it concerns no single run, and is told once
 * for as long as it lasts.
 */
export const TROUBLE_CODES = [
  'E_DISK_FULL',
  'E_DB_BUSY',
  'E_SYSTEM_LIMIT',
  'E_DB_DAMAGED',
  /** What nobody foresaw, in what goes on by itself: queues, copies, the budget. */
  'E_INTERNAL',
] as const;

export const troubleSchema = z.object({
  code: z.enum(TROUBLE_CODES),
  /** One sentence: what is wrong. */
  text: z.string(),
  /** One sentence: what to do, and what goes on meanwhile. */
  next: z.string(),
});

export type Trouble = z.infer<typeof troubleSchema>;
