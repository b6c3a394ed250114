import * as z from 'zod/mini';
import { jsonValuesSchema } from './json.ts';
import { ENGINE_KINDS } from './run.ts';

const values = jsonValuesSchema;

/** How often a run is tried again at most, and how many seconds after. */
export const RETRIES = 100;
export const RETRY_WAIT = 86_400;

export const retrySchema = z.object({
  /** After which ends: `failed` (an exit code, out of memory, a start that failed) or `crashed` (its engine was lost). */
  on: z.array(z.enum(['failed', 'crashed'])),
  /** How often at most, beside the first try. */
  times: z.int().check(z.minimum(1), z.maximum(RETRIES)),
  /** Wait before each. */
  waitSeconds: z.number().check(z.minimum(0), z.maximum(RETRY_WAIT)),
});

export type Retry = z.infer<typeof retrySchema>;

export const mountSchema = z.object({
  /** A folder or file of this machine, absolute, on the list of those that runs may use. */
  source: z.string(),
  /** Absolute path in the container. */
  target: z.string(),
  readOnly: z.boolean(),
});

export type Mount = z.infer<typeof mountSchema>;

export const runSettingsSchema = z.object({
  /** Null: no limit of ours. */
  cpus: z.nullable(z.number()),
  memoryBytes: z.nullable(z.number()),
  shmBytes: z.nullable(z.number()),
  /** Null: 1,024. */
  pids: z.nullable(z.number()),
  gpus: z.nullable(z.union([z.literal('all'), z.int()])),
  /** From the start of the program; null for none. */
  timeLimitSeconds: z.nullable(z.number()),
  /** False: the program reaches nothing but itself. */
  network: z.boolean(),
  mounts: z.array(mountSchema),
  /** `1000`, `1000:1000` or a name of the image; null for the job user, or the image's own. */
  user: z.nullable(z.string()),
  /** Labels of the container. May hold macros, as every text of the settings may. */
  labels: z.record(z.string(), z.string()),
  retry: z.nullable(retrySchema),
  /** Take an earlier finished run of the same version and inputs for it, instead of starting. */
  skipIdentical: z.boolean(),
  /** Files and folders to keep when it ends: from the code's folder, or absolute. */
  outputs: z.array(z.string()),
  /** Printed lines that carry metrics: `loss: {loss} acc {acc}`, with `{step}` for the step. */
  metricPatterns: z.array(z.string()),
});

/** How a run is executed, whatever its code. Texts may hold macros. */
export type RunSettings = z.infer<typeof runSettingsSchema>;

export const DEFAULT_RUN_SETTINGS: RunSettings = {
  cpus: null,
  memoryBytes: null,
  shmBytes: null,
  pids: null,
  gpus: null,
  timeLimitSeconds: null,
  network: true,
  mounts: [],
  user: null,
  labels: {},
  retry: null,
  skipIdentical: false,
  outputs: [],
  metricPatterns: [],
};

/** A secret that a run gets: as the variable, from the store under `secret`. */
export const secretUseSchema = z.object({ variable: z.string(), secret: z.string() });

export type SecretUse = z.infer<typeof secretUseSchema>;

export const launchSpecSchema = z.object({
  /** Of inputs of the version's schema, by their names; only what was set, not the defaults. */
  values,
  /** More keys for `wandb.config`, nested. */
  config: values,
  /** Words behind those that the inputs come to. */
  args: z.array(z.string()),
  /** Values written into config files of the code, by path from its folder. */
  files: z.record(z.string(), values),
  env: z.record(z.string(), z.string()),
  secrets: z.array(secretUseSchema),
  settings: runSettingsSchema,
});

/** What a person asks a run to be given. Says nothing about which version, engine or name. */
export type LaunchSpec = z.infer<typeof launchSpecSchema>;

export const EMPTY_SPEC: LaunchSpec = {
  values: {},
  config: {},
  args: [],
  files: {},
  env: {},
  secrets: [],
  settings: DEFAULT_RUN_SETTINGS,
};

/** One thing that keeps a launch from starting. */
export const launchProblemSchema = z.object({
  /** An `ErrorCode`. */
  code: z.string(),
  /** What it is about, as in the spec: `values.lr`, `env.A B`, `settings.memoryBytes`, `entryPoint`. */
  path: z.string(),
  message: z.string(),
  next: z.nullable(z.string()),
});

export type LaunchProblem = z.infer<typeof launchProblemSchema>;

export const deliverySchema = z.object({
  /** The whole command; no word of it is a secret. */
  argv: z.array(z.string()),
  /** What the launch adds to the environment, without secrets. */
  env: z.record(z.string(), z.string()),
  secrets: z.array(secretUseSchema),
  /** Files as the code will find them, by path from its folder. */
  files: z.array(z.object({ path: z.string(), text: z.string() })),
  /** What `wandb.config` is told. */
  config: values,
});

/** What the inputs of a run come to: frozen with the run, so that it can be done again. */
export type Delivery = z.infer<typeof deliverySchema>;

export const launchPlanSchema = z.object({
  delivery: deliverySchema,
  engine: z.nullable(z.enum(ENGINE_KINDS)),
  /** What it would run in, in words: an image reference, "an image built from the Dockerfile", ... */
  environment: z.string(),
  /** Limits, network, mounts and user, in words, in the order to show them. */
  settings: z.array(z.object({ label: z.string(), text: z.string() })),
  /** What a person should know and that stops nothing. */
  notes: z.array(z.string()),
  /** Empty when it can be launched. */
  problems: z.array(launchProblemSchema),
});

/** Everything a launch would do, found out without starting anything. */
export type LaunchPlan = z.infer<typeof launchPlanSchema>;
