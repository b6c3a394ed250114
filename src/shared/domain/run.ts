import * as z from 'zod/mini';

export const ENGINE_KINDS = ['docker', 'process'] as const;
export type EngineKind = (typeof ENGINE_KINDS)[number];

/** What to do with a Dockerfile that the engine cannot build as it stands: rewrite a copy, or not. */
export const REWRITE_POLICIES = ['auto', 'ask', 'never'] as const;
export type RewritePolicy = (typeof REWRITE_POLICIES)[number];

/** Which runs of a queue start first. A launch without one is of medium priority, as in W&B Launch. */
export const PRIORITIES = ['critical', 'high', 'medium', 'low'] as const;
export type Priority = (typeof PRIORITIES)[number];

export const ACTIVE_STATES = [
  'queued',
  'preparing',
  'building',
  'starting',
  'running',
  'stopping',
] as const;
export const TERMINAL_STATES = ['finished', 'failed', 'stopped', 'crashed'] as const;
export const RUN_STATES = [...ACTIVE_STATES, ...TERMINAL_STATES] as const;

export type RunState = (typeof RUN_STATES)[number];
export type TerminalState = (typeof TERMINAL_STATES)[number];

/**
 * The states a run may pass to. Enforced by the repository (`UPDATE ... WHERE state IN (...)`)
 * and, for terminal states, by a trigger: they never change again.
 */
export const RUN_TRANSITIONS: Readonly<Record<RunState, readonly RunState[]>> = {
  queued: ['preparing', 'stopping', 'stopped', 'failed', 'crashed'],
  preparing: ['queued', 'building', 'starting', 'stopping', 'stopped', 'failed', 'crashed'],
  building: ['queued', 'starting', 'stopping', 'stopped', 'failed', 'crashed'],
  starting: ['queued', 'running', 'stopping', 'stopped', 'finished', 'failed', 'crashed'],
  running: ['stopping', 'stopped', 'finished', 'failed', 'crashed'],
  stopping: ['stopped', 'finished', 'failed', 'crashed'],
  finished: [],
  failed: [],
  stopped: [],
  crashed: [],
};

/** The states from which `to` may be entered. */
export const statesBefore = (to: RunState): RunState[] =>
  RUN_STATES.filter((from) => RUN_TRANSITIONS[from].includes(to));

export const isTerminal = (state: RunState): state is TerminalState =>
  (TERMINAL_STATES as readonly RunState[]).includes(state);

/** Why a run ended as it did; the text beside it is for people. */
export const END_REASONS = [
  'exit',
  'signal',
  'out-of-memory',
  'stopped',
  'time-limit',
  'source-failed',
  'no-image',
  'build-failed',
  'start-failed',
  'engine-lost',
  'vanished',
  'interrupted',
  'no-record',
] as const;

export const reasonSchema = z.object({
  code: z.enum(END_REASONS),
  /** In words: "exit code 3", "killed: out of memory at 4 GiB". */
  text: z.string(),
  next: z.nullable(z.string()),
  detail: z.nullable(z.string()),
});

export type EndReason = z.infer<typeof reasonSchema>;

export const logInfoSchema = z.object({
  /** `live` while bytes may still come; `sealed` when checked to be whole; `partial` when the engine lost something. */
  state: z.enum(['none', 'live', 'sealed', 'partial']),
  /** Why the log is partial. */
  reason: z.nullable(z.string()),
});

export type LogInfo = z.infer<typeof logInfoSchema>;

export const environmentInfoSchema = z.object({
  /** What the run executes in: an image tag, or the folder of a virtual environment. */
  name: z.string(),
  reused: z.boolean(),
  /** "unchanged", or what made a build necessary. */
  because: z.string(),
});

export type EnvironmentInfo = z.infer<typeof environmentInfoSchema>;

const runUsageSchema = z.object({
  /** The most at a time, as it was seen once a second. */
  peakMemoryBytes: z.number(),
  /** Of processor time, of all cores together. */
  cpuSeconds: z.number(),
});

export type RunUsage = z.infer<typeof runUsageSchema>;

export const runSchema = z.object({
  id: z.string(),
  projectId: z.string(),
  projectName: z.string(),
  jobId: z.string(),
  jobName: z.string(),
  versionId: z.string(),
  versionNumber: z.number(),
  name: z.string(),
  state: z.enum(RUN_STATES),
  reason: z.nullable(reasonSchema),
  exitCode: z.nullable(z.number()),
  /** Null for a run that was not executed here but imported. */
  engine: z.nullable(z.enum(ENGINE_KINDS)),
  entryPoint: z.array(z.string()),
  environment: z.nullable(environmentInfoSchema),
  /** Whether its Dockerfile was built as rewritten for the engine. */
  rewrite: z.boolean(),
  /**
   * What it was launched with, then what the code said it was configured with; and its last results. Null
   * while there are none.
   */
  config: z.nullable(z.record(z.string(), z.unknown())),
  summary: z.nullable(z.record(z.string(), z.unknown())),
  /** What it used of the machine, known when it has ended; null where nothing was measured. */
  usage: z.nullable(runUsageSchema),
  /** The run folder it was imported from, and the run's own id there. */
  tracked: z.nullable(z.object({ folder: z.string(), runId: z.string() })),
  /** The sweep it belongs to, and its place in it from 0; null for a run of its own. */
  sweep: z.nullable(z.object({ id: z.string(), cell: z.number() })),
  /** The run that this one tries again, by the retry rule of that one; null for a first try. */
  retryOf: z.nullable(z.string()),
  /** 1 for the first try. */
  tryNumber: z.number(),
  /** The queue it was put into; null for one that was started at once. */
  queue: z.nullable(z.object({ id: z.string(), name: z.string() })),
  priority: z.enum(PRIORITIES),
  /** While it is queued: not started before this time. */
  notBefore: z.nullable(z.number()),
  log: logInfoSchema,
  /** False while the engine does not answer; the run is then neither failed nor lost. */
  engineReachable: z.boolean(),
  /** While it runs: it was paused outside Slipway (`docker pause`, SIGSTOP) and goes on when it is resumed. */
  paused: z.boolean(),
  /** Who launched it: the user of this machine, or as the tracker recorded. */
  creator: z.string(),
  starred: z.boolean(),
  tags: z.array(z.string()),
  notes: z.string(),
  /** Since when it is in the bin; null while it is not. */
  binnedAt: z.nullable(z.number()),
  createdAt: z.number(),
  startedAt: z.nullable(z.number()),
  endedAt: z.nullable(z.number()),
  /**
   * How long it ran, in ms, however the clock was set meanwhile: not the difference of the times. Null while
   * it goes, and when it never ran.
   */
  durationMs: z.nullable(z.number()),
  stopRequestedAt: z.nullable(z.number()),
});

/** One execution of a job version. Times are milliseconds since 1970, for display only. */
export type Run = z.infer<typeof runSchema>;

export const runEventSchema = z.object({
  /** Order of the events; times are for display only. */
  seq: z.number(),
  runId: z.string(),
  at: z.number(),
  state: z.nullable(z.enum(RUN_STATES)),
  text: z.string(),
});

/** One line of a run's timeline. */
export type RunEvent = z.infer<typeof runEventSchema>;

export const STEP_STATES = ['running', 'done', 'cached', 'failed', 'cancelled'] as const;

export const buildStepSchema = z.object({
  runId: z.string(),
  /** Position in the build, from 0. Also the stream number of the step's output in the build log. */
  index: z.number(),
  name: z.string(),
  state: z.enum(STEP_STATES),
  startedAt: z.number(),
  endedAt: z.nullable(z.number()),
});

/** One step of the build (of an image or a virtual environment) that a run waited for. */
export type BuildStep = z.infer<typeof buildStepSchema>;
