import type { WaitReason } from '../../shared/domain/queue.ts';
import type { EngineKind } from '../../shared/domain/run.ts';
import { toErrorData } from '../../shared/errors.ts';
import type { Clock } from '../clock.ts';
import { diskFull } from './wait-reason.ts';

/** The first pause after a disk was found full, and the longest: each is twice the one before. */
const PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 5 * PAUSE_MS;
/** A run that finds no room more often than this needs more than there is: it fails. */
const TIMES_GIVEN_BACK = 3;

/** A run, as far as this is concerned. */
interface Tried {
  id: string;
  engine: EngineKind | null;
}

interface Full {
  /** What failed, in words. */
  message: string;
  pauseMs: number;
  /** When one run is tried again: on the clock that does not jump, and as a person reads it. */
  until: number;
  againAt: number;
  /** The run that is tried now. */
  tried: string | null;
  /** Runs that found no room since it is full: others are tried before them. */
  failed: Set<string>;
}

/**
 * Engines that have no room for one more run: on their own disk or on ours. Nothing that waits is started on
 * such an engine for a while, then one run is tried, and all go on once that one has started. It is known to
 * this process alone: another one that starts what waits finds out with one run.
 */
export class FullDisks {
  readonly #clock: Clock;
  readonly #full = new Map<EngineKind, Full>();
  readonly #timesOf = new Map<string, number>();
  readonly #listeners = new Set<() => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Called whenever something may start that could not before, or the other way round. Returns the unsubscribe. */
  on(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Why nothing that waits may start on an engine now; null when something may. */
  reason(kind: EngineKind): WaitReason | null {
    const full = this.#full.get(kind);
    if (!full) return null;
    const isPaused = this.#clock.monotonic() < full.until;
    if (!isPaused && full.tried === null) return null;
    return diskFull(full.message, isPaused ? full.againAt : null, this.#clock.now());
  }

  /** Runs for which others are tried first. */
  passed(): string[] {
    return [...this.#full.values()].flatMap(({ failed }) => [...failed]);
  }

  /** There is none but those: they are tried once more. */
  nextRound(kind: EngineKind): void {
    this.#full.get(kind)?.failed.clear();
  }

  /** A run that waited is started. */
  begins({ id, engine }: Tried): void {
    const full = this.#of(engine);
    if (full && this.reason(engine!) === null) full.tried = id;
  }

  /** A run found no room. True when it is to wait again, false when it has done so often enough. */
  isToWait({ id, engine }: Tried, error: unknown): boolean {
    const full = this.#of(engine);
    if (!full || full.tried === id) this.#pause(engine!, full, toErrorData(error).message);
    this.#full.get(engine!)!.failed.add(id);
    const times = (this.#timesOf.get(id) ?? 0) + 1;
    this.#timesOf.set(id, times);
    return times <= TIMES_GIVEN_BACK;
  }

  /** A run has started. What had begun before the disk was full proves nothing. */
  started({ id, engine }: Tried): void {
    this.#timesOf.delete(id);
    if (this.#of(engine)?.tried !== id) return;
    this.#full.delete(engine!);
    this.#tell();
  }

  /** Nobody attends a run any more: when it was tried and told nothing, the next one is. */
  left(id: string): void {
    for (const full of this.#full.values()) {
      if (full.tried !== id) continue;
      full.tried = null;
      this.#tell();
    }
  }

  #pause(kind: EngineKind, before: Full | undefined, message: string): void {
    const pauseMs = before ? Math.min(2 * before.pauseMs, LONGEST_PAUSE_MS) : PAUSE_MS;
    this.#full.set(kind, {
      ...{ message, pauseMs, tried: null },
      until: this.#clock.monotonic() + pauseMs,
      againAt: this.#clock.now() + pauseMs,
      failed: before?.failed ?? new Set(),
    });
    this.#tell();
  }

  #of(kind: EngineKind | null): Full | undefined {
    return kind === null ? undefined : this.#full.get(kind);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
