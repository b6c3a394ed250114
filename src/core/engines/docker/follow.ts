import { AppError, type ErrorCode } from '../../../shared/errors.ts';
import type { Clock } from '../../clock.ts';
import { Masker } from '../../logs/mask.ts';
import { delay } from '../../scope.ts';
import type { FollowHooks, LogSink } from '../engine.ts';
import type { DockerClient } from './client.ts';
import type { FramePiece } from './demux.ts';
import { hasStarted, phaseOf } from './facts.ts';
import { Pulse } from './pulse.ts';
import { pump } from './pump.ts';
import { replay } from './replay.ts';
import type { ContainerAnswer } from './schemas.ts';
import { INIT_ERROR_LIMIT, refusedByInit, refusedStart } from './start-error.ts';

/** Waits between looks whether it has ended. */
const SETTLE_MS = [2, 8, 32, 125, 500];

export interface FollowParts {
  client: DockerClient;
  clock: Clock;
  /**
   * Containers that ran for all we know. An engine that is killed right after a start may come back
   * with no memory of it (seen with 20.10): such a container must not be started a second time.
   */
  ran: Set<string>;
}

export interface FollowResult {
  /** True when every byte since the start came over one connection that ended by itself. */
  unbroken: boolean;
}

/**
 * Starts the container if it never started and hands over its output until its streams end. Also
 * see `Engine.follow`.
 */
export async function follow(
  parts: FollowParts,
  ref: string,
  sink: LogSink,
  hooks: FollowHooks,
  signal: AbortSignal,
): Promise<FollowResult> {
  const container = await parts.client.inspectContainer(ref, signal);
  if (!container) return { unbroken: false };
  const pulse = new Pulse(parts.client, ref, hooks, signal);
  try {
    return await followContainer(parts, { container, sink, hooks, pulse }, signal);
  } finally {
    pulse.stop();
  }
}

interface Following {
  container: ContainerAnswer;
  sink: LogSink;
  hooks: FollowHooks;
  pulse: Pulse;
}

async function followContainer(
  parts: FollowParts,
  following: Following,
  signal: AbortSignal,
): Promise<FollowResult> {
  const { container, sink, hooks, pulse } = following;
  const ref = container.Id;
  if (!hasStarted(container) && hasOutput(sink)) parts.ran.add(ref);
  // `inspect` says of these that their engine died.
  if (!hasStarted(container) && parts.ran.has(ref)) return { unbroken: false };
  if (!hasStarted(container) && (await followFromStart(parts, following, signal))) {
    return { unbroken: true };
  }
  if (hasStarted(container)) hooks.started();
  if (phaseOf(container.State) === 'paused') pulse.see(container);
  const resume = { follow: true, addWhenDifferent: true, mayGoOn: pulse.goesOn };
  await replay(parts.client, ref, sink, resume, signal);
  await parts.client.ping(signal);
  return { unbroken: false };
}

function hasOutput(sink: LogSink): boolean {
  const { stdout, stderr } = sink.position();
  return stdout + stderr > 0;
}

/** False when somebody else had started it meanwhile, so that the beginning may have been missed. */
async function followFromStart(
  parts: FollowParts,
  { container, sink, hooks, pulse }: Following,
  signal: AbortSignal,
): Promise<boolean> {
  const { client, clock } = parts;
  const ref = container.Id;
  const stream = await client.attach(ref, signal);
  const opening = new Opening(sink, clock);
  const pumping = pump(stream, {
    onPiece: (piece) => opening.take(piece),
    mayGoOn: pulse.goesOn,
    signal,
  });
  // Awaited below; while the start is under way its failure must not count as unhandled.
  pumping.catch(() => undefined);
  try {
    tellOfDriver(container, hooks);
    hooks.beforeStart();
    const started = await start(parts, ref, signal);
    hooks.started();
    if (!started) return false;
    await pumping;
  } finally {
    stream.destroy();
  }
  // An attached stream also ends without an error when the engine dies: ask.
  await client.ping(signal);
  // Where something is held back, the rest of it may come after a connection that was closed too early.
  if (opening.holds && (await outlasts(pulse, signal))) return true;
  await opening.end();
  opening.throwIfRefused();
  return true;
}

/** What leaves open whether the engine started it, or will in a moment. */
const LEFT_OPEN: ReadonlySet<ErrorCode> = new Set([
  'E_ENGINE_LOST',
  'E_ENGINE_TIMEOUT',
  'E_ENGINE_ANSWER',
]);

/** False when it had been started before. */
async function start(
  { client, ran }: FollowParts,
  ref: string,
  signal: AbortSignal,
): Promise<boolean> {
  ran.add(ref);
  try {
    return await client.start(ref, signal);
  } catch (error) {
    if (!(error instanceof AppError) || !LEFT_OPEN.has(error.code)) ran.delete(ref);
    if (!(error instanceof AppError) || error.code !== 'E_ENGINE') throw error;
    throw refusedStart(error.message, error) ?? error;
  }
}

/** Whether it still runs after the moment that an engine needs to see that something ended. */
async function outlasts(pulse: Pulse, signal: AbortSignal): Promise<boolean> {
  for (const ms of SETTLE_MS) {
    if (!(await pulse.goesOn())) return false;
    await delay(ms, signal);
  }
  return true;
}

/** An engine without the driver that keeps bytes as they are. */
function tellOfDriver({ HostConfig }: ContainerAnswer, hooks: FollowHooks): void {
  if (HostConfig.LogConfig?.Type !== 'json-file') return;
  hooks.note(
    'This engine keeps logs as json-file: output that has to be read from it again shows \ufffd for bytes that are not UTF-8',
  );
}

/** Passes the output on, and keeps its beginning as long as it may be docker-init giving up. */
class Opening {
  readonly #sink: LogSink;
  readonly #clock: Clock;
  readonly #maskers: Record<1 | 2, Masker> | null;
  #stderr = '';
  #ordinary = false;

  constructor(sink: LogSink, clock: Clock) {
    this.#sink = sink;
    this.#clock = clock;
    this.#maskers = Masker.pair(sink.masks);
  }

  take({ stream, bytes }: FramePiece): Promise<void> | void {
    if (stream === 0 || stream === 3) return;
    if (!this.#ordinary) this.#look(stream, bytes);
    return this.#append(stream, this.#maskers ? this.#maskers[stream].push(bytes) : bytes);
  }

  /** Whether something is held back that may be the beginning of a secret. */
  get holds(): boolean {
    return this.#maskers !== null && this.#maskers[1].held + this.#maskers[2].held > 0;
  }

  /** Hands on what was held back; not called when the connection broke, since more comes then. */
  async end(): Promise<void> {
    if (!this.#maskers) return;
    await this.#append(1, this.#maskers[1].end());
    await this.#append(2, this.#maskers[2].end());
  }

  #append(stream: 1 | 2, bytes: Buffer): Promise<void> | void {
    if (bytes.length > 0) return this.#sink.append(stream, bytes, this.#clock.now());
  }

  throwIfRefused(): void {
    const refused = this.#ordinary ? null : refusedByInit(this.#stderr);
    if (refused) throw refused;
  }

  #look(stream: 1 | 2, bytes: Buffer): void {
    this.#stderr += bytes.toString('utf8');
    this.#ordinary = stream === 1 || this.#stderr.length > INIT_ERROR_LIMIT;
  }
}
