import type { EngineKind, Run } from '../../shared/domain/run.ts';
import type { Settings } from '../../shared/domain/settings.ts';
import type { Clock } from '../clock.ts';
import type { Attempt } from '../db/attempt.ts';
import type { Repos } from '../db/change-feed.ts';
import type { Hold } from '../db/use-lock.ts';
import type { Engine, SecretValue } from '../engines/engine.ts';
import type { OwnResults } from '../imports/own-results.ts';
import type { Forbidden } from '../launch/check-mounts.ts';
import type { LiveMetrics } from '../live/live-metrics.ts';
import type { RunOutputs } from '../live/run-outputs.ts';
import type { LogStore } from '../logs/log-store.ts';
import type { FullDisks } from '../queue/full-disks.ts';
import type { SecretStore } from '../secrets/secret-store.ts';
import type { LiveFolders } from './live-folders.ts';
import type { StopRequest } from './stop-request.ts';

/** What attending a run needs; handed in, so that faults can be tested. */
export interface AttendParts {
  repos: Repos;
  logs: LogStore;
  engine(kind: EngineKind): Engine;
  settings(): Settings;
  clock: Clock;
  /** Takes what the run tracked, before its container or folder is removed. */
  results: Pick<OwnResults, 'take'>;
  /** Takes the files it was asked to leave behind, at the same time. */
  outputs: Pick<RunOutputs, 'take'>;
  live: LiveFolders;
  /** Is told what the disks of engines have room for. */
  disks: FullDisks;
  /** Takes metrics while it runs. */
  metrics: Pick<LiveMetrics, 'watch'>;
  secrets: Pick<SecretStore, 'get' | 'stamp'>;
  /** What no run may mount, see `checkMounts`. */
  forbiddenMounts: readonly Forbidden[];
  /** Keeps what a run is to run in until it has its container or folder. */
  hold: Hold;
}

/** One run while it is attended. */
export interface Attended {
  run: Run;
  attempt: Attempt;
  engine: Engine;
  stop: StopRequest;
  /** Whether it had waited for this process, so that it may do so again. */
  waited: boolean;
  /** Whether the engine answered when it was last asked. */
  reachable: boolean;
  /** Whether it may have ended a while ago: it was not seen to run since this process or the engine came. */
  unwatched: boolean;
  /** When it was seen to run on after its engine had been away, ms since 1970; null when it was not. */
  backAt: number | null;
  /** Whether it was paused when it was last looked at. */
  paused: boolean;
  /** The secrets it was given; null while this process has not read them. Never stored. */
  secrets: SecretValue[] | null;
  /** Fires when this process ends: a started run is then left running. */
  leave: AbortSignal;
}
