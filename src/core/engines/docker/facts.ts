import type { EngineFact } from '../engine.ts';
import { CONTAINER_LABELS } from './container-spec.ts';
import type { ContainerAnswer } from './schemas.ts';

/** How long before its network came back an engine may have been busy ending containers: they have 10 s to obey. */
const RESTART_WINDOW_MS = 15_000;
/** What an engine that stops or starts leaves behind: our stop signal, TERM, KILL, and "not there any more". */
const KILLED_CODES = new Set([130, 137, 143, 255]);
const CRASH_CODE = 255;

/** What is known of the engine itself. */
export interface EngineLife {
  /** When it made its default network, ms since 1970; null when that is not known. */
  since: number | null;
  /** Whether containers go on while it is away. */
  outlived: boolean;
}

export const UNKNOWN_LIFE: EngineLife = { since: null, outlived: false };

const SIGNAL_NAMES: Record<number, string> = {
  129: 'SIGHUP',
  130: 'SIGINT',
  131: 'SIGQUIT',
  132: 'SIGILL',
  134: 'SIGABRT',
  136: 'SIGFPE',
  137: 'SIGKILL',
  139: 'SIGSEGV',
  141: 'SIGPIPE',
  143: 'SIGTERM',
};

/** Milliseconds since 1970; the engine writes the year 1 for "never". */
function time(text: string): number | null {
  const at = Date.parse(text);
  return Number.isNaN(at) || at <= 0 ? null : at;
}

/** By the engine's own word; times do not tell, a short run may end before it started. */
export const phaseOf = (state: ContainerAnswer['State']): EngineFact['phase'] => {
  if (state.Status === 'created') return 'created';
  if (state.Status === 'paused') return 'paused';
  // `removing` and `dead` come after the end; `restarting` is not ours and counts as running.
  return ['exited', 'dead', 'removing'].includes(state.Status) ? 'ended' : 'running';
};

/** An engine that is told to remove what runs kills it first: that code is not the run's. */
const isRemovedByForce = ({ Status, ExitCode }: ContainerAnswer['State']): boolean =>
  (Status === 'removing' || Status === 'dead') && ExitCode === 137;

export const hasStarted = (container: ContainerAnswer): boolean =>
  time(container.State.StartedAt) !== null;

/**
 * Whether a container ended because its engine did; null where that cannot be told. `engineSince` is when the engine made its
 * default network, which it does anew at each start (except when containers outlived it): a container
 * that started before and ended just before then, or ended before then in one of the ways an engine
 * ends its containers, was ended by it. Found by experiment on 20.10: a killed engine ends its
 * containers when it starts again, by their stop signal and then KILL, 0.1 to 10 s before it makes
 * the network; a stopped one ends them then; after a crash of the machine the code is 255. An engine
 * with live-restore (`outlived`) ends nothing, and knows the code of what ended while it was away.
 */
function endedWithEngine(
  state: ContainerAnswer['State'],
  startedAt: number | null,
  endedAt: number | null,
  { since: engineSince, outlived }: EngineLife,
): boolean | null {
  if (engineSince === null || startedAt === null || endedAt === null) return null;
  if (startedAt >= engineSince || endedAt > engineSince || state.OOMKilled) return false;
  if (outlived) return state.ExitCode === CRASH_CODE;
  return engineSince - endedAt < RESTART_WINDOW_MS || KILLED_CODES.has(state.ExitCode);
}

/** The facts of a container. */
export function factOf(container: ContainerAnswer, life: EngineLife): EngineFact {
  const { State: state, HostConfig: host } = container;
  const phase = phaseOf(state);
  const ended = phase === 'ended';
  const startedAt = time(state.StartedAt);
  const finishedAt = time(state.FinishedAt);
  const endedAt = ended && finishedAt !== null ? Math.max(finishedAt, startedAt ?? 0) : null;
  const engineDied = ended && endedWithEngine(state, startedAt, finishedAt, life);
  const told = ended && engineDied !== true && !isRemovedByForce(state);
  return {
    attemptId: container.Config.Labels?.[CONTAINER_LABELS.attempt] ?? '',
    ref: container.Id,
    phase,
    exitCode: told ? state.ExitCode : null,
    signal: told ? (SIGNAL_NAMES[state.ExitCode] ?? null) : null,
    outOfMemory: state.OOMKilled,
    memoryLimit: host.Memory || null,
    error: state.Error || null,
    engineDied,
    startedAt,
    endedAt,
  };
}
