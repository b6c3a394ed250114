import * as z from 'zod/mini';
import { jsonValuesSchema } from './json.ts';

export const DEPENDENCY_KINDS = [
  'requirements',
  'pyproject',
  'uv-lock',
  'poetry-lock',
  'frozen',
] as const;

/** Where the dependencies of a job come from. */
export const environmentPlanSchema = z.object({
  /** The file (relative to the root of the build context) that names the dependencies, if any. */
  dependencies: z.nullable(z.object({ kind: z.enum(DEPENDENCY_KINDS), path: z.string() })),
  /** Requirement lines as they are installed; the content of the file for `requirements`. */
  requirements: z.string(),
  /** The lines name every package that is needed, so that no others are looked for. */
  locked: z.boolean(),
  /** `3.11`, and where that stands; null when the code does not say. */
  python: z.nullable(
    z.object({
      version: z.string(),
      evidence: z.string(),
      /** The PEP 440 range that the version was chosen from; absent when the code names it outright. */
      requires: z.optional(z.string()),
    }),
  ),
  /** What a person should know before it is built. */
  notes: z.array(z.string()),
});

export type EnvironmentPlan = z.infer<typeof environmentPlanSchema>;

/** That of code that needs nothing, and of an image, which brings its own. */
export const NO_ENVIRONMENT: EnvironmentPlan = {
  dependencies: null,
  requirements: '',
  locked: false,
  python: null,
  notes: [],
};

/** How the image of a version is built. Image jobs build nothing. */
export const buildPlanSchema = z.object({
  /** The sub-folder that is the build context; empty for the root of the source. */
  context: z.string(),
  /** Path from the build context; null for the generated Dockerfile. */
  dockerfile: z.nullable(z.string()),
  /** Build arguments (`ARG`). */
  args: z.record(z.string(), z.string()),
  /** The stage that is built; null for the last. */
  target: z.nullable(z.string()),
  /** What the generated Dockerfile starts from; null for the image of the Python version or the setting. */
  baseImage: z.nullable(z.string()),
});

export type BuildPlan = z.infer<typeof buildPlanSchema>;

export const DEFAULT_BUILD: BuildPlan = {
  context: '',
  dockerfile: null,
  args: {},
  target: null,
  baseImage: null,
};

/** A tree in the snapshot store. */
const frozenFields = {
  /** SHA-256 of the tree, 64 hex digits: the key of the snapshot. */
  tree: z.string(),
  files: z.number(),
  bytes: z.number(),
};

export const codeSourceSchema = z.object({
  kind: z.literal('code'),
  ...frozenFields,
  /** The folder the snapshot was taken from; null when it came from elsewhere (a tracked run, an import). */
  folder: z.nullable(z.string()),
  /** Paths that look like secrets and were put in all the same, by choice of the person. */
  includedSecrets: z.array(z.string()),
  /** Why the code itself is not there: the tree holds what was recorded about a run. */
  without: z.optional(z.string()),
});

export const gitSourceSchema = z.object({
  kind: z.literal('git'),
  ...frozenFields,
  /** Address without user name or password, or the path of a local clone. */
  remote: z.string(),
  /** The branch, tag or commit asked for; null for the remote's own default branch. */
  ref: z.nullable(z.string()),
  /** 40 hex digits. */
  commit: z.string(),
  /** Changes on top of the commit that the tree holds; null for the commit as it is. */
  dirty: z.nullable(
    z.object({
      /** Tree of the commit itself, in the snapshot store: the difference to it is the diff. */
      base: z.string(),
      /** Paths that git does not track. */
      untracked: z.array(z.string()),
    }),
  ),
});

export type GitSource = z.infer<typeof gitSourceSchema>;

export const imageSourceSchema = z.object({
  kind: z.literal('image'),
  /** As asked for: `repo:tag`, `host:port/path@sha256:...`. */
  reference: z.string(),
  /** `sha256:...`: the manifest's digest, or the image id of an image that no registry has. */
  digest: z.string(),
  /** True when no registry holds the image under that digest. */
  local: z.boolean(),
  /** `linux/amd64`. */
  platform: z.string(),
  /** What the image starts by itself. */
  command: z.array(z.string()),
});

export type ImageSource = z.infer<typeof imageSourceSchema>;

/** What a version's code is. */
export const sourceSchema = z.discriminatedUnion('kind', [
  codeSourceSchema,
  gitSourceSchema,
  imageSourceSchema,
]);

export type Source = z.infer<typeof sourceSchema>;

/** The snapshot that holds a source's files; null for an image. */
export const treeOf = (source: Source): string | null =>
  source.kind === 'image' ? null : source.tree;

export const jobSchema = z.object({
  id: z.string(),
  projectId: z.string(),
  projectName: z.string(),
  name: z.string(),
  /** `owner/project/job`; the owner is the local user. */
  fullName: z.string(),
  description: z.string(),
  /** That of the newest version. */
  sourceKind: z.enum(['code', 'git', 'image']),
  /** The folder a job is taken from again when its source is launched anew. */
  folder: z.nullable(z.string()),
  /** Number of the newest version. */
  latestVersion: z.number(),
  runCount: z.number(),
  /** Since when it is in the bin; null while it is not. */
  binnedAt: z.nullable(z.number()),
  createdAt: z.number(),
});

/** A blueprint: where the code comes from, how its environment is built, how it starts. */
export type Job = z.infer<typeof jobSchema>;

export const jobVersionSchema = z.object({
  id: z.string(),
  jobId: z.string(),
  /** 0 for `v0`. */
  number: z.number(),
  /** SHA-256 over everything that makes the version: source, entry point, environment, build. */
  digest: z.string(),
  /** `latest` and user aliases; `vN` is not listed. */
  aliases: z.array(z.string()),
  source: sourceSchema,
  /** Empty for an image that starts by itself. */
  entryPoint: z.array(z.string()),
  environment: environmentPlanSchema,
  build: buildPlanSchema,
  /** The shapes of config and summary of the run it was made from, as W&B describes types. */
  types: z.nullable(z.object({ inputs: z.unknown(), outputs: z.unknown() })),
  /** The JSON Schema of the inputs that was attached to it. */
  inputSchema: z.nullable(jsonValuesSchema),
  createdAt: z.number(),
});

/** An immutable state of a job. */
export type JobVersion = z.infer<typeof jobVersionSchema>;

export const versionLabel = (version: { number: number }): string => `v${version.number}`;
