import type { Clock } from '../../clock.ts';
import type { NewRun } from '../../db/insert-run.ts';
import { testDatabase, testVersion } from '../../db/testing.ts';
import { DEFAULT_QUEUE, type Executor, type QueueChoices } from '../../../shared/domain/queue.ts';
import { PRIORITIES, type Priority } from '../../../shared/domain/run.ts';
import { QueueService } from '../queue-service.ts';

export const queueChoices = (change: Partial<QueueChoices> = {}): QueueChoices => ({
  ...{ name: 'gpu', engine: null, concurrency: 1, resourceArgs: {}, variables: {} },
  ...change,
});

/** Queues of a real database, which `executor` executes, at the time `time.now`. */
export function testQueues() {
  const { db, repos, folder } = testDatabase();
  const executor: Executor = { kind: 'app', pid: 1, here: true };
  const time = { now: 1_000_000 };
  const clock: Clock = { now: () => time.now, monotonic: () => time.now };
  const queues = new QueueService({ repos, clock, executor: () => executor });
  const project = repos.projects.ensure('default', 1);
  const made = { projectId: project.id, name: 'job', folder: '/code' };
  const { job, version } = repos.jobs.addVersion(made, testVersion('d0'), 1);
  const newRun = (more: Partial<NewRun> = {}): NewRun => ({
    ...{ projectId: project.id, jobId: job.id, versionId: version.id, name: null },
    ...{ engine: 'docker', entryPoint: ['true'], rewrite: false, executor: null },
    ...more,
  });
  return {
    ...{ db, repos, folder, queues, executor, time, newRun },
    /** A run that waits; its id. */
    add: (queueId = DEFAULT_QUEUE, priority: Priority = 'medium', more: Partial<NewRun> = {}) => {
      const queue = { id: queueId, priority: PRIORITIES.indexOf(priority), notBefore: null };
      return repos.runs.create(newRun({ queue, ...more }), time.now).id;
    },
    /** As the executor does, whatever stands in its way. */
    start: (id: string) =>
      db.write((rev) => db.run('UPDATE run SET executor = ?, rev = ? WHERE id = ?', 'x', rev, id)),
    end: (id: string) => {
      const reason = { code: 'exit' as const, text: 'exit code 0', next: null, detail: null };
      const log = { state: 'none' as const, reason: null };
      for (const state of ['preparing', 'starting'] as const) {
        repos.runs.enter(id, state, state, time.now);
      }
      repos.runs.end(id, { state: 'finished', reason, exitCode: 0, log }, time.now);
    },
    /** What the executor wrote down of a run. */
    note: (id: string, reason: object) =>
      db.write(() => db.run('UPDATE run SET waits = ? WHERE id = ?', JSON.stringify(reason), id)),
    order: (queueId = DEFAULT_QUEUE) => queues.view(queueId, 1000).waiting.map(({ run }) => run.id),
  };
}
