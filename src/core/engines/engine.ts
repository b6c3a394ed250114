import type { EngineKind } from '../../shared/domain/run.ts';
import type { EngineStatus } from '../../shared/domain/engine.ts';
import type { BuildPlan, EnvironmentPlan, ImageSource } from '../../shared/domain/job.ts';
import type { LaunchProblem, RunSettings } from '../../shared/domain/launch-spec.ts';
import type { Settings } from '../../shared/domain/settings.ts';
import type { Control } from '../snapshots/snapshots.ts';

/**
 * What executes runs. One interface for containers and for plain processes, so that the pipeline,
 * the reconcile and the log know nothing of either.
 *
 * Rules every engine keeps:
 * - everything it makes is named after the attempt id, so that `create` twice adopts what is there;
 * - `follow` starts only what never started; an end is read by `inspect`, never from a closed stream;
 * - nothing is removed before `remove` is called, which the pipeline does after the log is sealed;
 * - every call ends when its signal fires (`E_CANCELLED`), and has a deadline of its own;
 * - an engine that went away throws `E_ENGINE_LOST` (or `E_ENGINE_NONE`), nothing else;
 * - an answer that is no engine's is `E_ENGINE_ANSWER`: whether what was asked was done is not known then.
 */
export interface Engine {
  readonly kind: EngineKind;
  /** Whether it can be used now, and why not. Never throws. */
  status(signal: AbortSignal): Promise<EngineStatus>;
  /**
   * What this engine cannot do with a version, found out before anything is built.
   * @throws AppError `E_ENGINE_NONE` for what it never runs: an image, on one without containers.
   */
  preflight(request: PrepareRequest, signal: AbortSignal): Promise<PreflightReport>;
  /** What this engine, or the machine it is on, cannot do of what a run asks for. Makes nothing. */
  checkRun(run: RunSettings, signal: AbortSignal): Promise<LaunchProblem[]>;
  /** What the machine that its runs are executed on has. */
  capacity(signal: AbortSignal): Promise<Capacity>;
  /**
   * Finds an image and what it is, pulling it when it is not there (or always, for a tag that may have
   * moved). @throws AppError `E_IMAGE_...`; `E_ENGINE_NONE` on an engine that runs no images.
   */
  resolveImage(
    reference: string,
    pull: 'missing' | 'always',
    control: Control,
  ): Promise<ImageSource>;
  /** Builds, or finds, what the code runs in. Reports every step to `steps`. */
  prepare(
    request: PrepareRequest,
    steps: StepSink,
    signal: AbortSignal,
  ): Promise<PreparedEnvironment>;
  /** Makes the container or process folder without starting it, or adopts the one of this attempt. Returns its ref. */
  create(request: CreateRequest, signal: AbortSignal): Promise<string>;
  /**
   * Starts it if it never started and hands its output to `sink`, from `sink.position()` on, until
   * the streams end. Resolving says nothing about the exit: `inspect` does.
   */
  follow(ref: string, sink: LogSink, hooks: FollowHooks, signal: AbortSignal): Promise<void>;
  /** The facts now, or null when it is not there (any more). */
  inspect(ref: string, signal: AbortSignal): Promise<EngineFact | null>;
  /** Asks it to end: `interrupt` is SIGINT, `kill` cannot be refused. Harmless, and false, when it does not run. */
  stop(ref: string, how: 'interrupt' | 'kill', signal: AbortSignal): Promise<boolean>;
  /** What it uses, about once a second, until it ends. Ends at once for what does not run. */
  measure(ref: string, signal: AbortSignal): AsyncIterable<UsageSample>;
  /** After the end: makes sure `sink` holds every byte, adding what is missing. */
  seal(ref: string, sink: LogSink, signal: AbortSignal): Promise<SealResult>;
  /**
   * Copies the run folders that the W&B SDK made in an ended attempt into `folder`, which is not there
   * yet. False when there are none.
   */
  collect(ref: string, folder: string, signal: AbortSignal): Promise<boolean>;
  /**
   * Copies files and folders that an ended attempt was to leave behind to the same path in `folder`,
   * absolute ones to that path in `folder/root`. Paths are from the folder of the code, or absolute.
   * One that cannot be copied is told in its `problem` and costs no other.
   */
  collectOutputs(
    ref: string,
    paths: string[],
    folder: string,
    signal: AbortSignal,
  ): Promise<CollectedOutput[]>;
  /** Removes container or process folder of an ended attempt. Harmless when it is gone. */
  remove(ref: string, signal: AbortSignal): Promise<void>;
  /** Everything of this app instance that the engine holds. */
  list(signal: AbortSignal): Promise<EngineFact[]>;
}

/** What runs on an engine have among them; null where it does not say. */
export interface Capacity {
  /** Whether its machine is this one, or a part of it. */
  isHere: boolean;
  memoryBytes: number | null;
  cpus: number | null;
}

export interface PrepareRequest {
  runId: string;
  /** The job, to tell what changed since its last build. */
  jobId?: string | undefined;
  code: TreeCode | ImageCode;
  /** A Dockerfile that this engine cannot build as it stands is built as `preflight` would rewrite it. */
  rewrite: boolean;
  settings: Settings;
}

/** Code that an environment is built for. */
export interface TreeCode {
  kind: 'tree';
  /** Digest of the snapshot tree the code comes from. */
  tree: string;
  plan: EnvironmentPlan;
  build: BuildPlan;
}

/** An image that is run as it is. */
export interface ImageCode {
  kind: 'image';
  source: ImageSource;
}

/** One thing that stands between a version and its build on this engine. */
export interface PreflightFinding {
  /** `copy-link`, `syntax`, `mount`, `platform`, `base-image`, ... */
  rule: string;
  /** False for what only costs time or deserves a look. */
  blocks: boolean;
  /** Line of the Dockerfile, from 1. */
  line: number | null;
  message: string;
  /** What to do about it. */
  next: string;
}

export interface PreflightReport {
  findings: PreflightFinding[];
  /** The Dockerfile as the engine can build it; null when there is nothing to rewrite, or no way to. */
  rewritten: string | null;
}

export interface PreparedEnvironment {
  /** Image id (`sha256:...`) or folder of the virtual environment: what `create` is given. */
  id: string;
  /** What a person sees: an image tag, a folder. */
  name: string;
  reused: boolean;
  /** "unchanged", "first build", "the code changed", ... */
  because: string;
  layout: Layout;
}

/** Whose user, working folder and start command hold in the container: Slipway's or the image's own. */
export type Layout = 'slipway' | 'image';

export interface CreateRequest {
  attemptId: string;
  runId: string;
  environmentId: string;
  layout: Layout;
  /** The snapshot tree and the folder in it that is the code; null for an image. */
  code: { tree: string; context: string } | null;
  /** Never passed through a shell. Empty: what the image starts by itself. */
  argv: string[];
  env: Record<string, string>;
  /** Put over the code; `path` is from its folder. */
  files: DeliveredFile[];
  /** Nowhere but in files that the program's user alone may read, and in the program's environment. */
  secrets: SecretValue[];
  run: RunSettings;
  /** Folder of this machine that the program may write its live metrics into; null for none. */
  live: string | null;
  settings: Settings;
}

export interface DeliveredFile {
  path: string;
  bytes: Buffer;
}

/** A secret in clear, on its way to the program. */
export interface SecretValue {
  /** The variable that holds it. */
  variable: string;
  value: string;
}

/** What an attempt uses at one moment, and has used since its start. Null where it cannot be known. */
export interface UsageSample {
  /** ms since 1970. */
  at: number;
  /** Of one processor core, so that two busy cores are 200. Null in a first sample. */
  cpuPercent: number | null;
  /** Of processor time since the start, of all cores together. */
  cpuSeconds: number;
  /** Without the cache of files. */
  memoryBytes: number;
  /** Bytes since the start. */
  networkIn: number | null;
  networkOut: number | null;
  diskRead: number | null;
  diskWritten: number | null;
}

export interface CollectedOutput {
  /** As it was asked for. */
  path: string;
  files: number;
  bytes: number;
  /** In one sentence, why it is not there, or not whole; null when all of it is. */
  problem: string | null;
}

export interface FollowHooks {
  /** Called right before the start request is sent, once; not called when it had started before. */
  beforeStart(): void;
  /** Called when the engine confirmed the start (or found it started already). */
  started(): void;
  /** Called now and then while it runs: whether somebody paused it. */
  paused(isPaused: boolean): void;
  /** Something about its log that the person should know; called once at most. */
  note(text: string): void;
}

/** What an engine knows about one attempt. Times are the engine's own, ms since 1970. */
export interface EngineFact {
  attemptId: string;
  ref: string;
  phase: 'created' | 'running' | 'paused' | 'ended';
  /** Null while it runs, and when the engine cannot know it any more. */
  exitCode: number | null;
  /** Signal that ended it, when the engine tells. */
  signal: string | null;
  outOfMemory: boolean;
  /** Bytes it was allowed; null for no limit. */
  memoryLimit: number | null;
  /** The engine's own error, such as a program that could not be started. */
  error: string | null;
  /**
   * True when it ended because its engine (or supervisor) died, so that the exit code means nothing; null
   * when the engine cannot tell.
   */
  engineDied: boolean | null;
  startedAt: number | null;
  endedAt: number | null;
}

/** Bytes of each stream that are stored. Both engines keep each stream's bytes in order. */
export interface LogPosition {
  stdout: number;
  stderr: number;
}

/** Takes a run's output. A returned promise is back-pressure: the engine stops reading until it resolves. */
export interface LogSink {
  /** What must not be stored: engines put `*` in its place before anything is compared or appended. */
  readonly masks?: readonly Buffer[];
  position(): LogPosition;
  /** `at`: ms since 1970, the engine's time where it is known, else the arrival. The sink copies `bytes` if it keeps them. */
  append(stream: 1 | 2, bytes: Buffer, at: number): Promise<void> | void;
  /** The last `count` stored bytes of one stream (fewer when there are fewer), to align by. */
  lastBytes(stream: 1 | 2, count: number): Promise<Buffer>;
  /** Hash state over all stored bytes of one stream, for alignment by content: reads the stored bytes [from, to) of the stream. */
  readStream(stream: 1 | 2, from: number, to: number): AsyncIterable<Buffer>;
}

/** `startUnseen`: whole as far as the engine knows, which has itself started anew since the run did. */
export type SealResult = { whole: true; startUnseen?: boolean } | { whole: false; reason: string };

/** Takes the progress of a build as steps. Indexes rise from 0; output may interleave between steps. */
export interface StepSink {
  begin(index: number, name: string): void;
  output(index: number, bytes: Buffer): Promise<void> | void;
  end(index: number, state: 'done' | 'cached' | 'failed' | 'cancelled'): void;
}
