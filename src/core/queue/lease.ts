import type { Executor } from '../../shared/domain/queue.ts';
import type { Clock } from '../clock.ts';
import type { ExecutorLock } from '../db/executor-lock.ts';
import type { LeaseHolder, LeaseRepo } from '../db/lease-repo.ts';
import { Alarm } from './alarm.ts';

/** How often the holder shows that it lives. */
const BEAT_MS = 2000;
/** How often the others look whether it does. */
const LOOK_MS = 1000;
/** A holder that has not shown it for so long hangs. With the time between looks it is less than 10 s. */
const HUNG_MS = 8000;
/** A look that comes later than this says that the one who looks was away, not the holder. */
const AWAY_MS = 3 * LOOK_MS;

export interface QueueLeaseParts {
  repo: Pick<LeaseRepo, 'holder' | 'take' | 'release'>;
  lock: Pick<ExecutorLock, 'isAlive' | 'beat' | 'beatOf'> & { readonly id: string };
  /** What this process is. */
  kind: LeaseHolder['kind'];
  clock: Clock;
  /** Calls back after any change of the database. Returns the unsubscribe. */
  onChange(listener: () => void): () => void;
  /** Is told of what ended a look, see `Troubles.noteFault`. */
  noteFault(error: unknown): void;
}

/**
 * The right to start what waits, which one process on a data folder has at a time. It passes on when its
 * holder gives it up, has died, or hangs; only this process's own monotonic clock is asked, and never to
 * decide that a run may start: that is decided with the lease in one statement (docs/adr/0020-one-executor.md).
 */
export class QueueLease {
  readonly #parts: QueueLeaseParts;
  readonly #listeners = new Set<() => void>();
  #isHeld = false;
  #lookedAt: number;
  /** The newest sign of life of another holder, and when it was seen first. */
  #seen: { holder: string; beat: number | null; at: number } | null = null;

  constructor(parts: QueueLeaseParts) {
    this.#parts = parts;
    this.#lookedAt = parts.clock.monotonic();
  }

  /** Whether this process held it when it last looked. */
  get isHeld(): boolean {
    return this.#isHeld;
  }

  /** Calls back when this process gets it. Returns the unsubscribe. */
  onTaken(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Who starts what waits now. */
  executor(): Executor {
    const { repo, lock } = this.#parts;
    const found = repo.holder();
    if (!found || !lock.isAlive(found.holder)) return { kind: null, pid: null, here: false };
    return { kind: found.kind, pid: found.pid, here: found.holder === lock.id };
  }

  /** Takes it whenever it may be taken, and keeps it, until the signal; then it is anyone's at once. */
  async takePart(signal: AbortSignal): Promise<void> {
    const alarm = new Alarm();
    const ring = () => alarm.ring();
    const forget = this.#parts.onChange(() => this.#wakeWhenFree(alarm));
    signal.addEventListener('abort', ring);
    try {
      while (!signal.aborted) {
        this.look();
        await alarm.sleep(this.#isHeld ? BEAT_MS : LOOK_MS);
      }
    } finally {
      forget();
      signal.removeEventListener('abort', ring);
      this.#release();
    }
  }

  /** Keeps, takes or leaves it, as things are now. */
  look(): void {
    try {
      const held = this.#isHeld;
      this.#isHeld = this.#keepOrTake();
      if (this.#isHeld && !held) for (const listener of this.#listeners) listener();
    } catch (error) {
      // What it cannot take it does not have, and what it has is checked with each start.
      this.#parts.noteFault(error);
    }
  }

  #keepOrTake(): boolean {
    const { repo, lock, kind, clock } = this.#parts;
    const now = clock.monotonic();
    const wasAway = now - this.#lookedAt > AWAY_MS;
    this.#lookedAt = now;
    const found = repo.holder();
    if (found?.holder === lock.id) {
      lock.beat();
      return true;
    }
    if (found && lock.isAlive(found.holder) && !this.#hangs(found.holder, now, wasAway))
      return false;
    return repo.take({ holder: lock.id, kind, pid: process.pid }, found?.holder ?? null);
  }

  #hangs(holder: string, now: number, wasAway: boolean): boolean {
    const beat = this.#parts.lock.beatOf(holder);
    const seen = this.#seen;
    if (!seen || seen.holder !== holder || seen.beat !== beat || wasAway) {
      this.#seen = { holder, beat, at: now };
      return false;
    }
    return now - seen.at >= HUNG_MS;
  }

  #wakeWhenFree(alarm: Alarm): void {
    if (!this.#isHeld && this.#parts.repo.holder() === null) alarm.ring();
  }

  #release(): void {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    try {
      this.#parts.repo.release(this.#parts.lock.id);
    } catch (error) {
      // It is free all the same when this process is gone.
      this.#parts.noteFault(error);
    }
  }
}
