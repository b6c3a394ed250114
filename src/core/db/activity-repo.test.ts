import { describe, expect, it } from 'vitest';
import { ActivityRepo } from './activity-repo.ts';
import type { NewRun } from './insert-run.ts';
import { DEFAULT_QUEUE } from '../../shared/domain/queue.ts';
import { testDatabase, testVersion } from './testing.ts';

const END = {
  state: 'failed' as const,
  reason: { code: 'exit' as const, text: 'exit code 3', next: null, detail: null },
  exitCode: 3,
  log: { state: 'sealed' as const, reason: null },
};

function withRuns() {
  const { db, repos } = testDatabase();
  const project = repos.projects.ensure('p', 1);
  const job = { projectId: project.id, name: 'train', folder: '/code' };
  const { version } = repos.jobs.addVersion(job, testVersion('d0'), 2);
  const launch = (name: string, executor: string | null, queue?: NewRun['queue']) =>
    repos.runs.create(
      {
        ...{ projectId: project.id, jobId: version.jobId, versionId: version.id, name },
        ...{ engine: 'process', entryPoint: ['true'], rewrite: false, executor, queue },
      },
      3,
    ).id;
  return { repos, activity: new ActivityRepo(db), launch };
}

describe('ActivityRepo', () => {
  it('tells what goes on from what waits and from what has ended', () => {
    const { repos, activity, launch } = withRuns();
    const [here, there] = [launch('here', 'me'), launch('there', 'other')];
    const waiting = launch('waiting', null);
    const over = launch('over', 'me');
    repos.runs.enter(here, 'preparing', '', 4);
    repos.runs.enter(here, 'starting', '', 4);
    repos.runs.enter(here, 'running', '', 5);
    repos.runs.end(over, END, 6);
    expect(activity.counts()).toEqual({ going: 2, waiting: 1 });
    expect(activity.going(10)).toEqual([
      { id: there, name: 'there', state: 'queued', startedAt: null },
      { id: here, name: 'here', state: 'running', startedAt: 5 },
    ]);
    expect(activity.going(1)).toHaveLength(1);
    expect(activity.goingIn('me').map(({ id }) => id)).toEqual([here]);
    expect(activity.notEnded()).toEqual([here, there, waiting]);
    expect([activity.needing('process', 7), activity.needing('docker', 7)]).toEqual([3, 0]);
  });

  it('counts those that need an engine now: not what waits for its time or a paused queue', () => {
    const { repos, activity, launch } = withRuns();
    const queue = { id: DEFAULT_QUEUE, priority: 2, notBefore: null };
    launch('going', 'me', queue);
    launch('waits', null, queue);
    launch('later', null, { ...queue, notBefore: 100 });
    expect([99, 100].map((now) => activity.needing('process', now))).toEqual([2, 3]);
    repos.queues.pause(DEFAULT_QUEUE, 5);
    expect(activity.needing('process', 100)).toBe(1);
    launch('in no queue', null);
    expect(activity.needing('process', 100)).toBe(2);
  });

  it('has nothing in a new data folder', () => {
    const { activity } = withRuns();
    expect(activity.counts()).toEqual({ going: 0, waiting: 0 });
    expect(activity.notEnded()).toEqual([]);
  });
});
