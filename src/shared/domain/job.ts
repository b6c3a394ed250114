import * as z from 'zod/mini';

/** Where the dependencies of a job come from. */
export const environmentPlanSchema = z.object({
  /** The file (relative to the root of the build context) that names the dependencies, if any. */
  dependencies: z.nullable(
    z.object({ kind: z.enum(['requirements', 'pyproject']), path: z.string() }),
  ),
  /** Requirement lines as they are installed; the content of the file for `requirements`. */
  requirements: z.string(),
});

export type EnvironmentPlan = z.infer<typeof environmentPlanSchema>;

export const codeSourceSchema = z.object({
  kind: z.literal('code'),
  /** SHA-256 of the tree, 64 hex digits: the key of the snapshot. */
  tree: z.string(),
  /** The folder the snapshot was taken from. */
  folder: z.string(),
  files: z.number(),
  bytes: z.number(),
  /** Paths that look like secrets and were put in all the same, by choice of the person. */
  includedSecrets: z.array(z.string()),
});

/** What a version's code is. Git and image sources join this union with their own kinds. */
export const sourceSchema = z.discriminatedUnion('kind', [codeSourceSchema]);

export type Source = z.infer<typeof sourceSchema>;

export const jobSchema = z.object({
  id: z.string(),
  projectId: z.string(),
  projectName: z.string(),
  name: z.string(),
  /** `owner/project/job`; the owner is the local user. */
  fullName: z.string(),
  description: z.string(),
  sourceKind: z.enum(['code', 'git', 'image']),
  /** The folder a code job is taken from again when its source is launched anew. */
  folder: z.nullable(z.string()),
  /** Number of the newest version. */
  latestVersion: z.number(),
  runCount: z.number(),
  createdAt: z.number(),
});

/** A blueprint: where the code comes from, how its environment is built, how it starts. */
export type Job = z.infer<typeof jobSchema>;

export const jobVersionSchema = z.object({
  id: z.string(),
  jobId: z.string(),
  /** 0 for `v0`. */
  number: z.number(),
  /** SHA-256 over everything that makes the version: tree, entry point, environment. */
  digest: z.string(),
  /** `latest` and user aliases; `vN` is not listed. */
  aliases: z.array(z.string()),
  source: sourceSchema,
  entryPoint: z.array(z.string()),
  environment: environmentPlanSchema,
  createdAt: z.number(),
});

/** An immutable state of a job. */
export type JobVersion = z.infer<typeof jobVersionSchema>;

export const versionLabel = (version: { number: number }): string => `v${version.number}`;
