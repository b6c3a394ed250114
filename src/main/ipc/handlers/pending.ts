import { AppError } from '../../../shared/errors.ts';
import type { Handlers } from '../handler-types.ts';

const pending = async (): Promise<never> => {
  throw new AppError('E_INTERNAL', 'This is not there yet.');
};

type Pending = Pick<
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
  | 'publishCommands'
  | 'reportView'
  | 'zoom'
  | 'toggleFullScreen'
  | 'quit'
  | 'exampleFolder'
  | 'saveLog'
>;

export const pendingHandlers = (): Pending => ({
  markRuns: pending,
  binRuns: pending,
  restoreRuns: pending,
  deleteRuns: pending,
  renameJob: pending,
  binJobs: pending,
  restoreJobs: pending,
  deleteJobs: pending,
  binnedJobs: pending,
  compareRuns: pending,
  runChanges: pending,
  publishCommands: pending,
  reportView: pending,
  zoom: pending,
  toggleFullScreen: pending,
  quit: pending,
  exampleFolder: pending,
  saveLog: pending,
});
