import { AppError } from '../../../shared/errors.ts';
import type { Handlers } from '../handler-types.ts';

const pending = async (): Promise<never> => {
  throw new AppError('E_INTERNAL', 'This is not there yet.');
};

type Pending = Pick<
  Handlers,
  | 'getQueue'
  | 'createQueue'
  | 'updateQueue'
  | 'removeQueue'
  | 'pauseQueues'
  | 'moveRuns'
  | 'removeFromQueue'
  | 'whyWaiting'
  | 'measureRoom'
  | 'cleanUp'
>;

export const pendingHandlers = (): Pending => ({
  getQueue: pending,
  createQueue: pending,
  updateQueue: pending,
  removeQueue: pending,
  pauseQueues: pending,
  moveRuns: pending,
  removeFromQueue: pending,
  whyWaiting: pending,
  measureRoom: pending,
  cleanUp: pending,
});
