import type { Changes } from '../../shared/contract/events.ts';
import type { Job } from '../../shared/domain/job.ts';
import type { Run } from '../../shared/domain/run.ts';
import { compareFakes, fakeChanges } from './fake-run-comparison.ts';
import type { World } from './fake-world.ts';
import type { Handlers } from './handlers.ts';

type MarkHandlers = Pick<
  Handlers,
  | 'markRuns'
  | 'binRuns'
  | 'restoreRuns'
  | 'deleteRuns'
  | 'renameJob'
  | 'binJobs'
  | 'restoreJobs'
  | 'deleteJobs'
  | 'binnedJobs'
  | 'compareRuns'
  | 'runChanges'
>;

/** Marks, the bin and comparisons, kept in the world. */
export function markHandlers(
  world: World,
  changed: (changes: Partial<Changes>) => void,
): MarkHandlers {
  const changeRuns = (ids: readonly string[], change: (run: Run) => Partial<Run>) => {
    const runs = world.runs.filter(({ id }) => ids.includes(id));
    for (const run of runs) Object.assign(run, change(run));
    changed({ runs: runs.map((run) => ({ ...run })) });
    return {};
  };
  const changeJobs = (ids: readonly string[], change: Partial<Job>): Job[] => {
    const jobs = world.jobs.filter(({ id }) => ids.includes(id));
    for (const job of jobs) Object.assign(job, change);
    const copies = jobs.map((job) => ({ ...job }));
    changed({ jobs: copies });
    return copies;
  };
  return {
    markRuns: ({ runIds, marks: { name, notes, starred, addTags = [], removeTags = [] } }) =>
      changeRuns(runIds, ({ tags }) => ({
        ...(name !== undefined && { name }),
        ...(notes !== undefined && { notes }),
        ...(starred !== undefined && { starred }),
        tags: [...new Set([...tags, ...addTags])].filter((tag) => !removeTags.includes(tag)),
      })),
    binRuns: ({ runIds }) => changeRuns(runIds, () => ({ binnedAt: Date.now() })),
    restoreRuns: ({ runIds }) => changeRuns(runIds, () => ({ binnedAt: null })),
    deleteRuns: ({ runIds }) => {
      world.runs = world.runs.filter(({ id }) => !runIds.includes(id));
      changed({ removed: { runs: [...runIds], jobs: [], sweeps: [], queues: [] } });
      return { deleted: runIds.length };
    },
    renameJob: ({ jobId, name }) => changeJobs([jobId], { name })[0]!,
    binJobs: ({ jobIds }) => changeJobs(jobIds, { binnedAt: Date.now() }),
    restoreJobs: ({ jobIds }) => changeJobs(jobIds, { binnedAt: null }),
    deleteJobs: ({ jobIds }) => {
      world.jobs = world.jobs.filter(({ id }) => !jobIds.includes(id));
      changed({ removed: { runs: [], jobs: [...jobIds], sweeps: [], queues: [] } });
      return { deleted: jobIds.length };
    },
    binnedJobs: () => world.jobs.filter(({ binnedAt }) => binnedAt !== null),
    compareRuns: ({ runIds }) =>
      compareFakes(runIds.flatMap((id) => world.runs.find((run) => run.id === id) ?? [])),
    runChanges: ({ runId }) => fakeChanges(world.runs, runId),
  };
}
