import * as z from 'zod/mini';
import { jsonSchema } from './json.ts';
import { runSchema } from './run.ts';

/** Most runs that are laid side by side. */
export const COMPARED_RUNS = 8;

/** What is compared, in the order it is shown. */
export const COMPARISON_SECTIONS = [
  'code',
  'inputs',
  'settings',
  'environment',
  'config',
  'results',
] as const;

export const runComparisonSchema = z.object({
  /** In the order asked for. */
  runs: z.array(runSchema),
  rows: z.array(
    z.object({
      section: z.enum(COMPARISON_SECTIONS),
      /** `lr`, `model.width`, `Memory`, `Python`, `numpy`. */
      name: z.string(),
      /** One for each run; null where it has none. */
      values: z.array(jsonSchema),
      differs: z.boolean(),
    }),
  ),
});

/** Runs laid side by side. */
export type RunComparison = z.infer<typeof runComparisonSchema>;

export const runChangesSchema = z.object({
  /** The newest run of the job before it that finished; null when there is none. */
  good: z.nullable(runSchema),
  /** What is different since, what is likeliest to matter first. */
  changes: z.array(
    z.object({
      section: z.enum(COMPARISON_SECTIONS),
      /** In words: "train.py changed (+12 -3)", "lr". */
      text: z.string(),
      before: z.nullable(z.string()),
      after: z.nullable(z.string()),
    }),
  ),
});

/** What changed since the last good run. */
export type RunChanges = z.infer<typeof runChangesSchema>;
