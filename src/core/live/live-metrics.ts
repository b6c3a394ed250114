import type { Run } from '../../shared/domain/run.ts';
import type { Clock } from '../clock.ts';
import type { Repos } from '../db/change-feed.ts';
import type { Engine } from '../engines/engine.ts';
import type { LogStore } from '../logs/log-store.ts';
import type { SeriesStore } from '../metrics/series-store.ts';
import { RunWatch } from './run-watch.ts';

export interface LiveParts {
  repos: Repos;
  series: SeriesStore;
  logs: LogStore;
  clock: Clock;
}

export interface WatchRequest {
  run: Run;
  engine: Engine;
  ref: string;
  /** Where the program's hook writes; it may be missing. */
  folder: string;
}

/** Metrics of runs under way: what their code logs and prints, and what they use of the machine. */
export class LiveMetrics {
  readonly #parts: LiveParts;

  constructor(parts: LiveParts) {
    this.#parts = parts;
  }

  /**
   * Watches a created or started run until `end` of what it returns is called. A run that another process
   * watched before is read again from its start. Nothing of it fails: metrics are never why a run does.
   */
  watch(request: WatchRequest, leave: AbortSignal): RunWatch {
    return new RunWatch(this.#parts, request, leave);
  }
}
