import { AppError } from '../../../shared/errors.ts';
import type { Handlers } from '../handler-types.ts';

const pending = async (): Promise<never> => {
  throw new AppError('E_INTERNAL', 'This is not there yet.');
};

type Pending = Pick<Handlers, 'measureRoom' | 'cleanUp'>;

export const pendingHandlers = (): Pending => ({
  measureRoom: pending,
  cleanUp: pending,
});
