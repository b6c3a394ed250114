import * as z from 'zod/mini';
import { comparisonSchema, fileComparisonSchema } from '../../domain/comparison.ts';
import { detectionSchema } from '../../domain/detection.ts';
import { jobSchema, jobVersionSchema } from '../../domain/job.ts';
import { treeEntrySchema } from '../../domain/snapshot.ts';
import { id, path, name, command } from '../command.ts';

/** What a version holds, and how it differs from others. */
export const versionsCommands = {
  /** The first entries in path order; `more` when there are others. */
  versionFiles: command(
    z.strictObject({ versionId: id }),
    z.object({ entries: z.array(treeEntrySchema), more: z.boolean() }),
  ),
  versionFileText: command(
    z.strictObject({ versionId: id, path }),
    z.object({ text: z.string(), truncated: z.boolean(), binary: z.boolean() }),
  ),
  /** Asks where to, then writes a version back as it was frozen; null when cancelled. */
  writeVersionBack: command(
    z.strictObject({ versionId: id, operationId: id }),
    z.nullable(z.object({ folder: path, files: z.number() })),
  ),
  /** Puts an alias on a version, or takes it off. */
  setAlias: command(z.strictObject({ versionId: id, alias: name }), jobVersionSchema),
  removeAlias: command(z.strictObject({ versionId: id, alias: name }), jobVersionSchema),
  /** Parameters, presets and outputs of a version, read from its files. */
  versionDetection: command(z.strictObject({ versionId: id }), detectionSchema),
  /** The Dockerfile a version is built with: its own, or the generated one; null for an image. */
  versionDockerfile: command(
    z.strictObject({ versionId: id }),
    z.nullable(z.object({ text: z.string(), generated: z.boolean() })),
  ),
  /** Everything two versions differ in, of one job or of two. */
  compareVersions: command(z.strictObject({ before: id, after: id }), comparisonSchema),
  /** How one file differs; `from` is where a renamed file was. */
  compareFile: command(
    z.strictObject({ before: id, after: id, path, from: z.optional(path) }),
    fileComparisonSchema,
  ),
  /** Asks where to, then writes versions of a job into one file; null when cancelled. */
  exportVersion: command(
    z.strictObject({ versionId: id, operationId: id }),
    z.nullable(z.object({ file: path })),
  ),
  /** Asks for a file that `exportVersion` wrote and adds what is in it; null when cancelled. */
  importJob: command(
    z.strictObject({ operationId: id, project: name }),
    z.nullable(z.object({ job: jobSchema, notes: z.array(z.string()) })),
  ),
} as const;
