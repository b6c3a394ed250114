import type { Run } from '../../shared/domain/run.ts';
import type { Clock } from '../clock.ts';
import type { Repos } from '../db/change-feed.ts';
import type { Engine } from '../engines/engine.ts';
import type { LogStore } from '../logs/log-store.ts';
import type { SeriesStore } from '../metrics/series-store.ts';

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
  /** The secrets it was given; null while they are not known, and nothing of it may be stored. */
  masks(): readonly Buffer[] | null;
}
