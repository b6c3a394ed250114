import type { HandlerParts, Handlers } from '../handler-types.ts';

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

/** Looking back: marks, the bin, and runs side by side. */
export const markHandlers = ({
  core: { marks, bin, remover, comparer, whileOpen },
}: HandlerParts): MarkHandlers => ({
  markRuns: async (request) => {
    marks.markRuns(request.runIds, request.marks);
    return {};
  },
  renameJob: async ({ jobId, name }) => marks.renameJob(jobId, name),
  binRuns: async ({ runIds }) => {
    bin.binRuns(runIds);
    return {};
  },
  restoreRuns: async ({ runIds }) => {
    bin.restoreRuns(runIds);
    return {};
  },
  deleteRuns: async ({ runIds }) => ({ deleted: await remover.deleteRuns(runIds) }),
  binJobs: async ({ jobIds }) => bin.binJobs(jobIds),
  restoreJobs: async ({ jobIds, rename }) => bin.restoreJobs(jobIds, rename),
  deleteJobs: async ({ jobIds }) => ({ deleted: await remover.deleteJobs(jobIds) }),
  binnedJobs: async () => bin.binnedJobs(),
  compareRuns: ({ runIds }) => whileOpen((signal) => comparer.compare(runIds, signal)),
  runChanges: ({ runId }) => whileOpen((signal) => comparer.changes(runId, signal)),
});
