import { randomUUID } from 'node:crypto';
import type { RunState, TerminalState } from '../../../shared/domain/run.ts';
import type { Repos } from '../../db/change-feed.ts';
import { testVersion } from '../../db/testing.ts';

/** A job with one version in the project `p`, made or found. */
export function makeJob(repos: Repos, name = 'train', digest = randomUUID()) {
  const projectId = repos.projects.ensure('p', 1).id;
  return repos.jobs.addVersion({ projectId, name, folder: '/code' }, testVersion(digest), 2);
}

/** A run of it that has ended, or one that has only begun. */
export function makeRun(
  repos: Repos,
  { job, version }: ReturnType<typeof makeJob>,
  state: TerminalState | Extract<RunState, 'queued'> = 'finished',
) {
  const { id } = repos.runs.create(
    {
      ...{ projectId: job.projectId, jobId: job.id, versionId: version.id, name: null },
      ...{ engine: 'process', entryPoint: ['python', 'main.py'], rewrite: false, executor: 'me' },
    },
    3,
  );
  if (state !== 'queued') endRun(repos, id, state);
  return repos.runs.get(id)!;
}

export function endRun(repos: Repos, id: string, state: TerminalState = 'finished'): void {
  if (state === 'finished') repos.runs.enter(id, 'preparing', 'Preparing', 3);
  if (state === 'finished') repos.runs.enter(id, 'starting', 'Starting', 3);
  repos.runs.end(
    id,
    {
      state,
      reason: { code: 'exit', text: 'exit code 0', next: null, detail: null },
      exitCode: 0,
      log: { state: 'sealed', reason: null },
    },
    4,
  );
}
