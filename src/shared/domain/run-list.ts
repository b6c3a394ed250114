import * as z from 'zod/mini';
import { jsonSchema } from './json.ts';
import { VALUE_SOURCES } from './run-columns.ts';
import { RUN_STATES, runSchema } from './run.ts';

export { OWN_COLUMNS, VALUE_SOURCES, valueColumnId } from './run-columns.ts';
export type { OwnColumn, ValueSource } from './run-columns.ts';

/** One of {@link OWN_COLUMNS} or a {@link valueColumnId}. A column that no run has is empty in all. */
const column = z.string().check(z.minLength(1), z.maxLength(1024));

export const COMPARISONS = [
  '=',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'contains',
  'is set',
  'is not set',
] as const;

const conditionSchema = z.strictObject({
  column,
  is: z.enum(COMPARISONS),
  /** Left away for `is set` and `is not set`. Numbers compare as numbers, words without regard to case. */
  value: z.optional(z.union([z.string().check(z.maxLength(1000)), z.number(), z.boolean()])),
});

export type RunCondition = z.infer<typeof conditionSchema>;

export const runFilterSchema = z.strictObject({
  /** In the name, the job, the reason, the notes or a tag; without regard to case. */
  text: z.optional(z.string().check(z.maxLength(1000))),
  states: z.optional(z.array(z.enum(RUN_STATES)).check(z.maxLength(RUN_STATES.length))),
  starred: z.optional(z.boolean()),
  /** All of them. */
  tags: z.optional(z.array(z.string().check(z.maxLength(100))).check(z.maxLength(20))),
  /** All of them. */
  conditions: z.optional(z.array(conditionSchema).check(z.maxLength(20))),
});

export type RunFilter = z.infer<typeof runFilterSchema>;

const id = z.string().check(z.minLength(1), z.maxLength(64));

/** Which runs there are to choose from. With none of the ids, all of the data folder. */
export const runScopeSchema = z.strictObject({
  projectId: z.optional(id),
  jobId: z.optional(id),
  sweepId: z.optional(id),
  /** Those in the bin instead of those that are not. */
  binned: z.optional(z.boolean()),
});

export type RunScope = z.infer<typeof runScopeSchema>;

export const runSortSchema = z.strictObject({ column, descending: z.boolean() });
export type RunSort = z.infer<typeof runSortSchema>;

export const runQuerySchema = z.strictObject({
  scope: runScopeSchema,
  filter: runFilterSchema,
  /** The first counts most; equal ones, and all without a sort, are newest first. Empty values are last, whichever way. */
  sort: z.array(runSortSchema).check(z.maxLength(3)),
  /** Runs with the same value stand together, the groups in the order of that column. */
  groupBy: z.nullable(column),
  offset: z.int().check(z.minimum(0)),
  limit: z.int().check(z.minimum(1), z.maximum(500)),
});

export type RunQuery = z.infer<typeof runQuerySchema>;

export const runPageSchema = z.object({
  /** How many runs are in the scope, and how many of these the filter takes. */
  all: z.number(),
  total: z.number(),
  /** From `offset` on, of the order asked for. */
  runs: z.array(runSchema),
  /** With `groupBy`: every group in order, `count` runs each; a missing value is null. */
  groups: z.nullable(z.array(z.object({ value: jsonSchema, count: z.number() }))),
});

/** A part of a list of runs. */
export type RunPage = z.infer<typeof runPageSchema>;

export const runColumnSchema = z.object({
  id: z.string(),
  name: z.string(),
  of: z.enum(VALUE_SOURCES),
  /** At least one run has a number there. */
  numeric: z.boolean(),
  /** It is not the same in all runs of the scope. */
  differs: z.boolean(),
  /** Runs that have it. */
  count: z.number(),
});

/** A column of values that the runs of a scope have. */
export type RunColumn = z.infer<typeof runColumnSchema>;
