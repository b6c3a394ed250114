import { ENGINE_KINDS, type EngineKind } from '../../shared/domain/run.ts';
import type { Clock } from '../clock.ts';
import type { ChangeFeed, Repos } from '../db/change-feed.ts';
import type { Database } from '../db/database.ts';
import type { Head } from '../db/waiting-repo.ts';
import type { Engine } from '../engines/engine.ts';
import { Alarm } from '../queue/alarm.ts';
import type { QueueLease } from '../queue/lease.ts';
import type { RunService } from './run-service.ts';

/** Time between looks while something waits and nothing says that it may start: an engine may have come back. */
const LOOK_MS = 1000;

export interface DispatcherParts {
  repos: Repos;
  /** Tells of every write of this process, at once. */
  db: Pick<Database, 'onWrite'>;
  /** Tells of those of other processes. */
  feed: ChangeFeed;
  lease: QueueLease;
  runs: RunService;
  engine(kind: EngineKind): Engine;
  clock: Clock;
}

/**
 * Starts runs that wait for somebody, in the process that holds the lease: those of queues, left to the
 * background, further tries, cells of sweeps. That it holds it, and that the run may start, is checked by the
 * database in the statement that takes the run (`WaitingRepo.take`; docs/adr/0020-one-executor.md).
 */
export class Dispatcher {
  readonly #parts: DispatcherParts;
  readonly #alarms = new Set<Alarm>();
  #holds = 0;

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
  }

  /** From now on this process starts nothing that waits, until what is returned is called. */
  hold(): () => void {
    this.#holds += 1;
    let isHeld = true;
    return () => {
      if (isHeld) this.#holds -= 1;
      isHeld = false;
      for (const alarm of this.#alarms) alarm.ring();
    };
  }

  /** Takes part in the lease and starts what may start while it has it, until the signal. */
  async execute(signal: AbortSignal): Promise<void> {
    const { db, feed, lease } = this.#parts;
    const alarm = new Alarm();
    const ring = () => alarm.ring();
    this.#alarms.add(alarm);
    const forget = [db.onWrite(ring), feed.on(ring), lease.onTaken(ring)];
    signal.addEventListener('abort', ring);
    const ended = lease.takePart(signal);
    try {
      while (!signal.aborted) {
        await this.#dispatch(signal).catch(() => undefined);
        await alarm.sleep(this.#untilNext());
      }
    } finally {
      this.#alarms.delete(alarm);
      for (const each of forget) each();
      signal.removeEventListener('abort', ring);
      await ended;
    }
  }

  async #dispatch(signal: AbortSignal): Promise<void> {
    const { lease, repos } = this.#parts;
    if (!lease.isHeld || this.#holds > 0 || !repos.waiting.some()) return;
    for (const kind of ENGINE_KINDS) {
      if (this.#heads(kind).length === 0) continue;
      const { available } = await this.#parts.engine(kind).status(signal);
      // A run whose engine is away waits: it would only fail.
      if (available && !signal.aborted) this.#start(kind);
    }
  }

  #start(kind: EngineKind): void {
    for (let heads = this.#heads(kind); heads.length > 0; heads = this.#heads(kind)) {
      if (this.#holds > 0 || !heads.some(({ id }) => this.#parts.runs.take(id))) return;
    }
  }

  #heads(kind: EngineKind): Head[] {
    const { repos, clock } = this.#parts;
    const now = clock.now();
    const queued = repos.waiting.queuesWithRoom().map((id) => repos.waiting.headOf(id, kind, now));
    const heads = [repos.waiting.headOfRest(kind, now), ...queued].filter((head) => head !== null);
    return heads.toSorted((a, b) => a.priority - b.priority || a.seq - b.seq);
  }

  #untilNext(): number | null {
    const { repos, lease, clock } = this.#parts;
    if (!lease.isHeld || !repos.waiting.some()) return null;
    const now = clock.now();
    const next = repos.waiting.nextTime(now);
    return next === null ? LOOK_MS : Math.min(LOOK_MS, Math.max(1, next - now));
  }
}
