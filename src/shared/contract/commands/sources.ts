import * as z from 'zod/mini';
import { inspectionSchema } from '../../domain/inspection.ts';
import { jobSchema, jobVersionSchema } from '../../domain/job.ts';
import { snapshotPreviewSchema } from '../../domain/snapshot.ts';
import { id, path, name, entryPointText, text, nothing, command } from '../command.ts';

/** Where the code of a job is taken from. Folders are those that the person chose or dropped. */
const folderSource = z.strictObject({
  kind: z.literal('folder'),
  folder: path,
  includeSecrets: z.array(path),
});
const gitSource = z.strictObject({
  kind: z.literal('git'),
  /** Address of a repository, or a chosen folder that is a clone (`clone: true`). */
  address: text,
  /** Branch, tag or commit; without it the remote's own default branch. */
  ref: z.optional(text),
  /** The folder's commit with what changed since. */
  clone: z.optional(z.boolean()),
});
const imageSource = z.strictObject({ kind: z.literal('image'), reference: text });

const build = z.strictObject({
  context: z.optional(text),
  dockerfile: z.optional(z.nullable(text)),
  args: z.optional(z.record(text, text)),
  target: z.optional(z.nullable(text)),
  baseImage: z.optional(z.nullable(text)),
});

/** Folders, repositories and images, and the jobs made from them. */
export const sourcesCommands = {
  /** Opens the system's folder dialog; null when the person cancelled it. */
  chooseFolder: command(nothing, z.nullable(z.object({ folder: path }))),
  previewFolder: command(
    z.strictObject({ folder: path, operationId: id, includeSecrets: z.array(path) }),
    snapshotPreviewSchema,
  ),
  /** Looks at a folder or repository without running anything of it; a repository is fetched first. */
  inspectSource: command(
    z.strictObject({
      operationId: id,
      source: z.discriminatedUnion('kind', [folderSource, gitSource]),
      context: z.optional(text),
      entryPoint: z.optional(entryPointText),
    }),
    inspectionSchema,
  ),
  /** The name a job will get when it is given none; empty while that cannot be told. Reads nothing. */
  deriveJobName: command(
    z.strictObject({
      source: z.discriminatedUnion('kind', [folderSource, gitSource, imageSource]),
      entryPoint: z.optional(entryPointText),
    }),
    z.string(),
  ),
  /** Freezes the source and makes the job, or a new version of the job of that name. */
  createJob: command(
    z.strictObject({
      operationId: id,
      source: z.discriminatedUnion('kind', [folderSource, gitSource, imageSource]),
      /** Without a name it is derived from source and entry point. */
      name: z.optional(name),
      project: name,
      /** An image may start by itself. */
      entryPoint: z.optional(entryPointText),
      build: z.optional(build),
      description: z.optional(text),
      /** A JSON Schema of the inputs, as JSON or YAML; left away: that of the newest version. */
      schema: z.optional(z.nullable(z.string())),
      aliases: z.optional(z.array(name)),
    }),
    z.object({
      job: jobSchema,
      version: jobVersionSchema,
      created: z.boolean(),
      notes: z.array(z.string()),
    }),
  ),
} as const;
