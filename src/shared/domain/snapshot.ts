import * as z from 'zod/mini';

export const ENTRY_KINDS = ['file', 'directory', 'link'] as const;

/**
 * Paths are relative, with `/`. Bytes that are not valid UTF-8 are shown as `\xNN` (see
 * `core/snapshots/path-bytes.ts`); the snapshot itself keeps the exact bytes.
 */
export const treeEntrySchema = z.object({
  path: z.string(),
  kind: z.enum(ENTRY_KINDS),
  /** Bytes of a file; 0 otherwise. */
  size: z.number(),
  executable: z.boolean(),
  /** SHA-256 of a file's content; the target of a link. */
  content: z.nullable(z.string()),
});

export type TreeEntry = z.infer<typeof treeEntrySchema>;

export const LEFT_OUT_REASONS = ['rule', 'secret', 'always', 'special', 'unreadable'] as const;

export const leftOutSchema = z.object({
  path: z.string(),
  kind: z.enum([...ENTRY_KINDS, 'special']),
  reason: z.enum(LEFT_OUT_REASONS),
  /** The rule that decided, with where it stands: `.gitignore:3 build/`, `looks like a private key`. */
  rule: z.string(),
});

export type LeftOut = z.infer<typeof leftOutSchema>;

export const snapshotPreviewSchema = z.object({
  folder: z.string(),
  /** What goes in, by number and by bytes. */
  files: z.number(),
  bytes: z.number(),
  /** The largest entries that go in, largest first (at most 200). */
  largest: z.array(treeEntrySchema),
  /** All paths at the top level that go in, in order (at most 1,000). */
  topLevel: z.array(treeEntrySchema),
  /** What is left out, folders as one entry (at most 1,000; `leftOutCount` is the whole number). */
  leftOut: z.array(leftOutSchema),
  leftOutCount: z.number(),
  /** Things kept that a person should know of: links out of the tree, odd names. */
  notes: z.array(z.string()),
  entryPoints: z.array(
    z.object({ words: z.array(z.string()), evidence: z.string(), confidence: z.number() }),
  ),
  /** The file that names the dependencies, if any. */
  dependencies: z.nullable(z.string()),
  suggestedName: z.string(),
});

/** What a snapshot of a folder would hold, before anything is stored. */
export type SnapshotPreview = z.infer<typeof snapshotPreviewSchema>;
