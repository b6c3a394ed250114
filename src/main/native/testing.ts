import type { GoingRun } from '../../core/db/activity-repo.ts';
import type { Run } from '../../shared/domain/run.ts';
import type { Sweep } from '../../shared/domain/sweep.ts';

/** A run that failed after twelve minutes, 1 to be told apart, unless said otherwise. */
export const endedRun = (more: Partial<Run> = {}): Run => ({
  ...{ id: 'run-1', projectId: 'p', projectName: 'p', jobId: 'j', jobName: 'segment' },
  ...{ versionId: 'v', versionNumber: 4, name: 'amber-comet-204', state: 'failed', exitCode: 3 },
  reason: { code: 'exit', text: 'exit code 3', next: null, detail: null },
  ...{ engine: 'docker', entryPoint: ['true'], environment: null, rewrite: false, config: null },
  ...{ summary: null, usage: null, tracked: null, sweep: null, retryOf: null, tryNumber: 1 },
  ...{
    queue: null,
    priority: 'medium',
    notBefore: null,
    log: { state: 'sealed', reason: null },
    engineReachable: true,
    paused: false,
  },
  ...{ creator: 'ada', starred: false, tags: [], notes: '', binnedAt: null },
  ...{ createdAt: 1000, startedAt: 2000, endedAt: 2000 + 12 * 60_000 },
  ...{ durationMs: 12 * 60_000, stopRequestedAt: null },
  ...more,
});

/** A sweep that is over unless said otherwise. */
export const endedSweep = (more: Partial<Sweep> = {}): Sweep => ({
  ...{ id: 's', projectId: 'p', jobId: 'j', jobName: 'segment', versionId: 'v', versionNumber: 4 },
  ...{ name: 'lr-grid', plan: { method: 'grid', axes: [], count: null, seed: 1 } },
  ...{ concurrency: 2, cells: 20, states: { finished: 18, failed: 2 } },
  ...{ stopRequestedAt: null, createdAt: 1000 },
  ...more,
});

export const goingRun = (more: Partial<GoingRun> = {}): GoingRun => ({
  ...{ id: 'run-1', name: 'amber-comet-204', state: 'running', startedAt: 0 },
  ...more,
});
