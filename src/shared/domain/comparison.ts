import * as z from 'zod/mini';
import { ENTRY_KINDS } from './snapshot.ts';

/** One side of a file, folder or link that differs. */
const sideSchema = z.object({
  kind: z.enum(ENTRY_KINDS),
  /** Bytes of a file; 0 otherwise. */
  size: z.number(),
  executable: z.boolean(),
  /** Where a link points; null for anything else. */
  target: z.nullable(z.string()),
});

export const FILE_CHANGES = ['added', 'removed', 'changed', 'renamed'] as const;

export const fileChangeSchema = z.object({
  change: z.enum(FILE_CHANGES),
  /** As snapshots show paths; where it is now, or was when it is gone. */
  path: z.string(),
  /** Where a renamed file was. */
  from: z.nullable(z.string()),
  before: z.nullable(sideSchema),
  after: z.nullable(sideSchema),
  /** False when only the mode or the name differs. */
  contentDiffers: z.boolean(),
});

export type FileChange = z.infer<typeof fileChangeSchema>;

export const treeComparisonSchema = z.object({
  /** In path order, the first of them when there are very many. */
  changes: z.array(fileChangeSchema),
  /** All of them, by kind. */
  counts: z.record(z.enum(FILE_CHANGES), z.number()),
});

/** What differs between two snapshots. A folder counts only when it is empty, or was no folder. */
export type TreeComparison = z.infer<typeof treeComparisonSchema>;

export const fileComparisonSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('text'),
    /** A unified patch; empty when the content is the same. */
    patch: z.string(),
    added: z.number(),
    removed: z.number(),
  }),
  /** One side is no text, larger than can be shown, or the two have too little in common to compare. */
  z.object({ kind: z.enum(['binary', 'too-large', 'too-different']) }),
]);

/** How the content of one path differs between two snapshots. */
export type FileComparison = z.infer<typeof fileComparisonSchema>;

const fieldSchema = z.object({
  name: z.string(),
  /** Null where there is none. */
  before: z.nullable(z.string()),
  after: z.nullable(z.string()),
});

/** A named value that is not the same in both versions. */
export type FieldChange = z.infer<typeof fieldSchema>;

const linesSchema = z.object({
  added: z.array(z.string()),
  removed: z.array(z.string()),
});

const sideOfVersionSchema = z.object({
  jobId: z.string(),
  versionId: z.string(),
  /** `project/job:v3`. */
  label: z.string(),
  digest: z.string(),
});

export const comparisonSchema = z.object({
  before: sideOfVersionSchema,
  after: sideOfVersionSchema,
  /** True when both are the same in everything that makes a version. */
  same: z.boolean(),
  source: z.array(fieldSchema),
  entryPoint: z.nullable(fieldSchema),
  build: z.array(fieldSchema),
  environment: z.object({
    fields: z.array(fieldSchema),
    /** Lines of requirements, without regard to their order. */
    requirements: linesSchema,
  }),
  /** By path within the config: `optimizer.lr`. */
  inputs: z.array(fieldSchema),
  /** By path within the summary. */
  outputs: z.array(fieldSchema),
  /** Null when one of them is an image. */
  files: z.nullable(treeComparisonSchema),
});

/** Everything two versions differ in, `before` to `after`. */
export type Comparison = z.infer<typeof comparisonSchema>;
