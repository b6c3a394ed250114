import type { EngineKind } from '../../shared/domain/run.ts';
import type { Clock } from '../clock.ts';
import type { ChangeFeed, Repos } from '../db/change-feed.ts';
import type { Engine } from '../engines/engine.ts';
import type { RunService } from './run-service.ts';
import { firstOf } from './stop-request.ts';

/** Time between looks when nothing says that there is something to do: an engine may have come back. */
const LOOK_MS = 1000;

export interface DispatcherParts {
  repos: Repos;
  feed: ChangeFeed;
  runs: RunService;
  engine(kind: EngineKind): Engine;
  clock: Clock;
}

/**
 * Starts runs that wait for somebody: left to the background, a further try, a cell of a sweep. Each
 * process that stays does it; which of them gets a run, and whether it may start now, is decided by the
 * database in one statement (`WaitingRepo.take`).
 */
export class Dispatcher {
  readonly #parts: DispatcherParts;
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
    };
  }

  /** Starts what may start now, oldest first. */
  async dispatch(signal: AbortSignal): Promise<void> {
    const { repos, clock } = this.#parts;
    for (const kind of repos.waiting.engines(clock.now())) {
      const { available } = await this.#parts.engine(kind).status(signal);
      if (signal.aborted) return;
      // A run whose engine is away waits: it would only fail.
      if (available) this.#start(kind);
    }
  }

  /** Dispatches on every change of runs, when the time of one has come, and now and then. */
  async follow(signal: AbortSignal): Promise<void> {
    let wake = new AbortController();
    const forget = this.#parts.feed.on(({ runs, sweeps }) => {
      if (runs.length > 0 || sweeps.length > 0) wake.abort();
    });
    try {
      while (!signal.aborted) {
        await firstOf([wake.signal, signal], this.#untilNext());
        wake = new AbortController();
        // What is at fault now (an engine, a busy database) is looked at again the next time.
        if (!signal.aborted) await this.dispatch(signal).catch(() => undefined);
      }
    } finally {
      forget();
    }
  }

  #start(kind: EngineKind): void {
    const { repos, runs, clock } = this.#parts;
    for (;;) {
      const id = this.#holds > 0 ? null : repos.waiting.next(kind, clock.now());
      if (id === null) return;
      runs.adopt(id);
    }
  }

  #untilNext(): number {
    const { repos, clock } = this.#parts;
    const now = clock.now();
    const next = repos.waiting.nextTime(now);
    return next === null ? LOOK_MS : Math.min(LOOK_MS, Math.max(1, next - now));
  }
}
