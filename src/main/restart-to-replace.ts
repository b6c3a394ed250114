import { app } from 'electron';
import { AppError } from '../shared/errors.ts';

const SWITCH = '--replace-database';

/** Ends the app in order and starts it again with the question what is to stand in for its database. */
export function restartToReplace(quit: () => void): void {
  const args = process.argv.slice(1).filter((word) => word !== SWITCH);
  app.relaunch({ args: [...args, SWITCH] });
  quit();
}

/** Whether the app was started to ask that. */
export const wantsToReplace = (): boolean => process.argv.includes(SWITCH);

export const askedToReplace = (dataDir: string): AppError =>
  new AppError('E_DB_DAMAGED', `The database in ${dataDir} is damaged.`);
