import * as z from 'zod/mini';
import { doctorReportSchema, engineChoiceSchema } from '../domain/engine.ts';
import { comparisonSchema, fileComparisonSchema } from '../domain/comparison.ts';
import { detectionSchema } from '../domain/detection.ts';
import { DOCUMENT_FORMATS, documentAnswerSchema } from '../domain/document.ts';
import { fittedSpecSchema } from '../domain/fitted-spec.ts';
import { inputPresetSchema, inputSchemaSchema } from '../domain/inputs.ts';
import { inspectionSchema } from '../domain/inspection.ts';
import { jobSchema, jobVersionSchema } from '../domain/job.ts';
import { jsonValuesSchema } from '../domain/json.ts';
import { deliverySchema, launchPlanSchema, launchSpecSchema } from '../domain/launch-spec.ts';
import { projectSchema } from '../domain/project.ts';
import {
  buildStepSchema,
  ENGINE_KINDS,
  REWRITE_POLICIES,
  runEventSchema,
  runSchema,
} from '../domain/run.ts';
import {
  SWEEP_LIMIT,
  sweepCellSchema,
  sweepPlanSchema,
  sweepPreviewSchema,
  sweepSchema,
} from '../domain/sweep.ts';
import { runOutputSchema } from '../domain/run-output.ts';
import { secretListSchema } from '../domain/secret.ts';
import { settingsSchema } from '../domain/settings.ts';
import { snapshotPreviewSchema, treeEntrySchema } from '../domain/snapshot.ts';
import { importedRunSchema, metricNewsSchema, watchedFolderSchema } from '../domain/tracked.ts';

const id = z.string().check(z.regex(/^[0-9a-z-]{1,64}$/));
const path = z.string().check(z.minLength(1), z.maxLength(8192));
const name = z.string().check(z.maxLength(1024));
const entryPointText = z.string().check(z.maxLength(200_000));
const text = z.string().check(z.maxLength(8192));
const nothing = z.strictObject({});

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

/** What is swept over: the version, what every cell is given, and how the cells differ. */
const sweep = {
  versionId: id,
  entryPoint: z.optional(entryPointText),
  engine: z.optional(z.enum(ENGINE_KINDS)),
  spec: launchSpecSchema,
  plan: sweepPlanSchema,
};

const launchedSchema = z.object({
  run: runSchema,
  newVersion: z.boolean(),
  /** The run is an earlier one that was given the same; nothing was started. */
  identical: z.boolean(),
  notes: z.array(z.string()),
});

/** Defines one request: what the window sends and what it gets. */
const command = <I extends z.ZodMiniType, O extends z.ZodMiniType>(input: I, output: O) => ({
  input,
  output,
});

/**
 * Every request the window can make. The bridge in `preload` and the endpoints in `main` are both
 * made from this table, so that neither can miss or add one.
 */
export const commands = {
  appInfo: command(
    nothing,
    z.object({ version: z.string(), dataDir: z.string(), platform: z.string() }),
  ),
  doctor: command(nothing, doctorReportSchema),
  engineChoice: command(nothing, engineChoiceSchema),
  getSettings: command(nothing, settingsSchema),
  saveSettings: command(settingsSchema, settingsSchema),

  listProjects: command(nothing, z.array(projectSchema)),
  createProject: command(z.strictObject({ name }), projectSchema),

  listJobs: command(z.strictObject({ projectId: z.optional(id) }), z.array(jobSchema)),
  getJob: command(
    z.strictObject({ jobId: id }),
    z.object({ job: jobSchema, versions: z.array(jobVersionSchema) }),
  ),
  describeJob: command(
    z.strictObject({ jobId: id, description: z.string().check(z.maxLength(20_000)) }),
    jobSchema,
  ),
  /** The first entries in path order; `more` when there are others. */
  versionFiles: command(
    z.strictObject({ versionId: id }),
    z.object({ entries: z.array(treeEntrySchema), more: z.boolean() }),
  ),
  versionFileText: command(
    z.strictObject({ versionId: id, path }),
    z.object({ text: z.string(), truncated: z.boolean(), binary: z.boolean() }),
  ),

  /** Opens the system's folder dialog; null when the person cancelled it. */
  chooseFolder: command(nothing, z.nullable(z.object({ folder: path }))),
  /** Asks where to, then writes a version back as it was frozen; null when cancelled. */
  writeVersionBack: command(
    z.strictObject({ versionId: id, operationId: id }),
    z.nullable(z.object({ folder: path, files: z.number() })),
  ),
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
  /** Puts an alias on a version, or takes it off. */
  setAlias: command(z.strictObject({ versionId: id, alias: name }), jobVersionSchema),
  removeAlias: command(z.strictObject({ versionId: id, alias: name }), jobVersionSchema),
  /** Parameters, presets and outputs of a version, read from its files. */
  versionDetection: command(z.strictObject({ versionId: id }), detectionSchema),
  /** Every input of a version: typed, with where it goes and how it is known. */
  versionInputs: command(z.strictObject({ versionId: id }), inputSchemaSchema),
  /** What a preset of a version asks for: `name` as `versionInputs` lists it. */
  presetValues: command(
    z.strictObject({ versionId: id, name, kind: inputPresetSchema.shape.kind }),
    fittedSpecSchema,
  ),
  /** Keeps what a launch is given under a name, in place of what had it; answers all saved ones. */
  savePreset: command(
    z.strictObject({ jobId: id, name, spec: launchSpecSchema }),
    z.array(inputPresetSchema),
  ),
  removePreset: command(z.strictObject({ jobId: id, name }), z.array(inputPresetSchema)),
  /** What an earlier run was given, as far as a version takes it. */
  specFromRun: command(z.strictObject({ runId: id, versionId: id }), fittedSpecSchema),
  /** What was filled in for another version, as far as this one takes it. */
  fitSpec: command(z.strictObject({ versionId: id, spec: launchSpecSchema }), fittedSpecSchema),
  /** Values as text are read, strictly; what is wrong is part of the answer. */
  checkDocument: command(
    z.strictObject({ text: z.string(), format: z.enum(DOCUMENT_FORMATS) }),
    documentAnswerSchema,
  ),
  /** The same values as text, for a person to edit. */
  writeDocument: command(
    z.strictObject({ values: jsonValuesSchema, format: z.enum(['json', 'yaml']) }),
    z.string(),
  ),
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
  /** Stops a long request (a fetch, pull, preview, snapshot, ...) that is under way. */
  cancelOperation: command(z.strictObject({ operationId: id }), nothing),

  /** What a launch of a version would do, and what keeps it from starting. Starts nothing. */
  planLaunch: command(
    z.strictObject({
      versionId: id,
      entryPoint: z.optional(entryPointText),
      engine: z.optional(z.enum(ENGINE_KINDS)),
      spec: launchSpecSchema,
    }),
    launchPlanSchema,
  ),
  launch: command(
    z.strictObject({
      jobId: id,
      /** A version to launch as it is; without it the job's folder is frozen again first. */
      versionId: z.optional(id),
      operationId: id,
      entryPoint: z.optional(entryPointText),
      engine: z.optional(z.enum(ENGINE_KINDS)),
      name: z.optional(name),
      /** Left away: `ask`, which fails with `E_PREFLIGHT` and what a rewrite would change. */
      rewrite: z.optional(z.enum(REWRITE_POLICIES)),
      /** What the run is given; left away: nothing but the code's own defaults. */
      spec: z.optional(launchSpecSchema),
    }),
    launchedSchema,
  ),
  listRuns: command(
    z.strictObject({
      projectId: z.optional(id),
      jobId: z.optional(id),
      sweepId: z.optional(id),
      /** Runs older than this one (its id), for the next page. */
      before: z.optional(id),
      limit: z.int().check(z.minimum(1), z.maximum(500)),
    }),
    z.array(runSchema),
  ),
  getRun: command(
    z.strictObject({ runId: id }),
    z.object({
      run: runSchema,
      events: z.array(runEventSchema),
      steps: z.array(buildStepSchema),
    }),
  ),
  /** What a run was asked to be given and what that came to; null for an imported run. */
  runSpec: command(
    z.strictObject({ runId: id }),
    z.nullable(
      z.object({
        /** The words that the inputs were put behind. */
        entryPoint: z.array(z.string()),
        spec: launchSpecSchema,
        delivery: deliverySchema,
      }),
    ),
  ),
  /** The same once more: version, inputs and engine. */
  rerunRun: command(z.strictObject({ runId: id, operationId: id }), launchedSchema),
  stopRun: command(z.strictObject({ runId: id }), runSchema),
  /** The cells that a sweep would have, and what keeps it from starting. Starts nothing. */
  planSweep: command(z.strictObject(sweep), sweepPreviewSchema),
  /** Queues a run for each cell, all or none. */
  startSweep: command(
    z.strictObject({
      ...sweep,
      operationId: id,
      name: z.optional(name),
      /** Cells that run at a time. */
      concurrency: z.int().check(z.minimum(1), z.maximum(SWEEP_LIMIT)),
      rewrite: z.optional(z.enum(REWRITE_POLICIES)),
      /** The job's source is taken again first, and the cells run what that came to. */
      fresh: z.optional(z.boolean()),
    }),
    sweepSchema,
  ),
  listSweeps: command(
    z.strictObject({ projectId: z.optional(id), jobId: z.optional(id) }),
    z.array(sweepSchema),
  ),
  getSweep: command(
    z.strictObject({ sweepId: id }),
    z.object({ sweep: sweepSchema, cells: z.array(sweepCellSchema) }),
  ),
  /** Ends the runs that wait and asks the others to end. */
  stopSweep: command(z.strictObject({ sweepId: id }), sweepSchema),
  /** Queues a new run of each cell whose newest run failed or crashed. */
  rerunSweepFailed: command(z.strictObject({ sweepId: id }), sweepSchema),
  /** The metrics of a run; to a window that has some already, what is new: see `MetricNews`. */
  runMetricsSince: command(
    z.strictObject({
      runId: id,
      points: z.int().check(z.minimum(2), z.maximum(5000)),
      have: z.array(z.strictObject({ id: z.number(), count: z.number() })).check(z.maxLength(5000)),
    }),
    metricNewsSchema,
  ),
  /** The files that a run was asked to leave behind, and whether it did. */
  runOutputs: command(z.strictObject({ runId: id }), z.array(runOutputSchema)),
  /** Shows them in the file manager of the system. */
  openRunOutputs: command(z.strictObject({ runId: id }), z.object({ folder: z.string() })),

  /** Imports the tracked runs in a chosen folder. */
  importRuns: command(
    z.strictObject({ operationId: id, folder: path, project: name }),
    z.array(importedRunSchema),
  ),
  listWatchedFolders: command(nothing, z.array(watchedFolderSchema)),
  /** Imports what a chosen folder holds now and will hold; again with other words changes them. */
  watchFolder: command(
    z.strictObject({ folder: path, project: name, enabled: z.boolean() }),
    z.array(watchedFolderSchema),
  ),
  unwatchFolder: command(z.strictObject({ folder: path }), z.array(watchedFolderSchema)),

  listSecrets: command(nothing, secretListSchema),
  saveCredentials: command(
    z.strictObject({
      kind: z.enum(['git', 'registry']),
      host: z.string().check(z.minLength(1), z.maxLength(255)),
      username: z.string().check(z.maxLength(1024)),
      password: z.string().check(z.minLength(1), z.maxLength(16_384)),
    }),
    secretListSchema,
  ),
  /** Keeps a secret for runs, named like an environment variable, in place of what had the name. */
  saveRunSecret: command(
    z.strictObject({
      name: z.string().check(z.minLength(1), z.maxLength(128)),
      value: z.string().check(z.minLength(1), z.maxLength(16_384)),
    }),
    secretListSchema,
  ),
  removeSecret: command(
    z.strictObject({ name: z.string().check(z.maxLength(512)) }),
    secretListSchema,
  ),
} as const;

export type CommandName = keyof typeof commands;
export type CommandInput<N extends CommandName> = z.infer<(typeof commands)[N]['input']>;
export type CommandOutput<N extends CommandName> = z.infer<(typeof commands)[N]['output']>;

export const commandNames = Object.keys(commands) as CommandName[];
