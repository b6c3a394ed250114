import { AppError } from '../../../shared/errors.ts';
import type { Handlers } from '../handler-types.ts';

const pending = async (): Promise<never> => {
  throw new AppError('E_INTERNAL', 'This is not there yet.');
};

type Pending = Pick<
  Handlers,
  | 'publishCommands'
  | 'reportView'
  | 'zoom'
  | 'toggleFullScreen'
  | 'quit'
  | 'exampleFolder'
  | 'saveLog'
>;

export const pendingHandlers = (): Pending => ({
  publishCommands: pending,
  reportView: pending,
  zoom: pending,
  toggleFullScreen: pending,
  quit: pending,
  exampleFolder: pending,
  saveLog: pending,
});
