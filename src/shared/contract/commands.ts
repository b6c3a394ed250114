import * as z from 'zod/mini';
import { doctorReportSchema, engineChoiceSchema } from '../domain/engine.ts';
import { jobSchema, jobVersionSchema } from '../domain/job.ts';
import { projectSchema } from '../domain/project.ts';
import { buildStepSchema, ENGINE_KINDS, runEventSchema, runSchema } from '../domain/run.ts';
import { settingsSchema } from '../domain/settings.ts';
import { snapshotPreviewSchema, treeEntrySchema } from '../domain/snapshot.ts';

const id = z.string().check(z.regex(/^[0-9a-z-]{1,64}$/));
const path = z.string().check(z.minLength(1), z.maxLength(8192));
const name = z.string().check(z.maxLength(1024));
const entryPointText = z.string().check(z.maxLength(200_000));
const nothing = z.strictObject({});

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
  /** Freezes the folder and makes the job, or a new version of the job of that name. */
  createJobFromFolder: command(
    z.strictObject({
      folder: path,
      operationId: id,
      includeSecrets: z.array(path),
      name,
      project: name,
      entryPoint: entryPointText,
    }),
    z.object({ job: jobSchema, version: jobVersionSchema, created: z.boolean() }),
  ),
  /** Stops a preview, snapshot or write-back that is under way. */
  cancelOperation: command(z.strictObject({ operationId: id }), nothing),

  launch: command(
    z.strictObject({
      jobId: id,
      /** A version to launch as it is; without it the job's folder is frozen again first. */
      versionId: z.optional(id),
      operationId: id,
      entryPoint: z.optional(entryPointText),
      engine: z.optional(z.enum(ENGINE_KINDS)),
      name: z.optional(name),
    }),
    z.object({ run: runSchema, newVersion: z.boolean() }),
  ),
  listRuns: command(
    z.strictObject({
      projectId: z.optional(id),
      jobId: z.optional(id),
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
  stopRun: command(z.strictObject({ runId: id }), runSchema),
} as const;

export type CommandName = keyof typeof commands;
export type CommandInput<N extends CommandName> = z.infer<(typeof commands)[N]['input']>;
export type CommandOutput<N extends CommandName> = z.infer<(typeof commands)[N]['output']>;

export const commandNames = Object.keys(commands) as CommandName[];
