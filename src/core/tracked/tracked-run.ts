/**
 * A run as the W&B SDK recorded it on disk: what of it can be imported. Everything in it was written
 * by somebody else's program: text is data to show, paths and remotes are checked in run-source.ts.
 */

/** A value of a config, a summary or a history: JSON, and `NaN` and the infinities besides. */
export type TrackedValue = null | boolean | number | string | TrackedValue[] | TrackedValues;

/** Named values. Without a prototype: `__proto__` is a name like any other. */
export interface TrackedValues {
  [name: string]: TrackedValue;
}

/** What one call of `run.log` recorded. Nested names are joined by dots, as W&B shows them. */
export interface HistoryRow {
  /** Whole number from 0; null when it was not recorded. */
  step: number | null;
  /** Milliseconds since the epoch. */
  time: number | null;
  /** Seconds since the run started. */
  runtime: number | null;
  values: TrackedValues;
}

/** A piece of the console as it was written: it may end in the middle of a line. */
export interface ConsolePiece {
  stream: 'stdout' | 'stderr';
  /** Milliseconds since the epoch; null in logs that have no times. */
  time: number | null;
  bytes: Buffer;
}

/** One measurement of the machine, by the SDK's names (`cpu`, `gpu.0.memory`, ...). */
export interface SystemSample {
  /** Milliseconds since the epoch. */
  time: number | null;
  values: Record<string, number>;
}

/** Takes what a run has much of, in order and in batches; reading waits for what it returns. */
export interface TrackedRunSink {
  history(rows: HistoryRow[]): void | Promise<void>;
  console(pieces: ConsolePiece[]): void | Promise<void>;
  system(samples: SystemSample[]): void | Promise<void>;
}

/** A name that occurs in the history. */
export interface Series {
  name: string;
  /** `mixed` when it was not always the same; null values do not count. */
  type: 'number' | 'string' | 'boolean' | 'object' | 'mixed';
  points: number;
}

export interface GitState {
  /** Without user name and password, as far as they are not needed to reach it (`git@host:...`). */
  remote: string | null;
  commit: string | null;
}

/** What the SDK found out about the program and the machine it ran on. */
export interface TrackedEnvironment {
  os: string | null;
  /** As `3.11`; the SDK records `CPython 3.11.7`. */
  python: string | null;
  /** The program's path on the machine where it ran. */
  program: string | null;
  /** The program's path in the git repository. */
  codePath: string | null;
  /** The program's path in the folder it was started in. */
  codePathLocal: string | null;
  args: string[];
  root: string | null;
  host: string | null;
  /** Who was logged in on that machine. */
  username: string | null;
  executable: string | null;
  /** The image it ran in, if it was told (`WANDB_DOCKER`). */
  docker: string | null;
  git: GitState;
  /** Milliseconds since the epoch. */
  startedAt: number | null;
}

export interface CodeEntry {
  path: string;
  /** MD5 in base64. */
  md5: string;
  /** Bytes. */
  size: number;
  /** Where the SDK left a copy, on the machine where it ran. */
  localPath: string;
}

/** The code that the run logged (`run.log_code`). */
export interface CodeArtifact {
  name: string;
  digest: string;
  aliases: string[];
  entries: CodeEntry[];
}

/** Something in the run's folder that could not be read, or not wholly. */
export interface TrackedProblem {
  /** Relative to the run's folder. */
  file: string;
  message: string;
}

export interface TrackedRun {
  /** Real path of the run's folder. It tells runs apart: two of them can have the same id. */
  folder: string;
  runId: string;
  displayName: string | null;
  project: string | null;
  entity: string | null;
  notes: string | null;
  tags: string[];
  group: string | null;
  jobType: string | null;
  /** `Settings(job_name=...)` and `Settings(job_source=...)`, where the SDK recorded them. */
  jobName: string | null;
  jobSource: string | null;
  /** The job artifact the run was started from. */
  fromJob: string | null;
  /** Milliseconds since the epoch, as the next two. */
  startedAt: number | null;
  /** Null when the run has no exit record. */
  endedAt: number | null;
  /** The newest time that any record carries. */
  lastSeenAt: number | null;
  /** Null when the run has no exit record: it is running, was killed, or its log was cut off. */
  exitCode: number | null;
  runtimeSeconds: number | null;
  config: TrackedValues;
  /** What the SDK keeps for itself in the config (`_wandb`). */
  wandbConfig: TrackedValues;
  /** Last values, with the SDK's own (`_step`, `_runtime`, `_timestamp`, `_wandb`). */
  summary: TrackedValues;
  series: Series[];
  /** How many rows the history has. */
  rows: number;
  /** The last rows, pieces and samples; empty when a sink took them all. */
  history: HistoryRow[];
  console: ConsolePiece[];
  system: SystemSample[];
  environment: TrackedEnvironment;
  code: CodeArtifact | null;
  /** The packages that were installed (`files/requirements.txt`). */
  requirements: string | null;
  /** Changes that were not committed (`files/diff.patch`). */
  patch: Buffer | null;
  problems: TrackedProblem[];
}
