import { ERROR_KINDS, toErrorData } from '../shared/errors.ts';
import type { Run } from '../shared/domain/run.ts';

/** Exit statuses of the command line. */
export const STATUS = {
  done: 0,
  /** The run did not finish, or the command failed. */
  failed: 1,
  usage: 2,
  /** Nothing to run it on: no engine, no image. */
  nothingToRunOn: 3,
  interrupted: 130,
} as const;

export function exitStatusOf(error: unknown): number {
  const kind = ERROR_KINDS[toErrorData(error).code];
  if (kind === 'usage') return STATUS.usage;
  if (kind === 'engine') return STATUS.nothingToRunOn;
  return kind === 'interrupted' ? STATUS.interrupted : STATUS.failed;
}

/** The status that tells how a run ended; `interrupted` when this command was asked to stop it. */
export function exitStatusOfRun(run: Run, interrupted: boolean): number {
  if (interrupted && run.state === 'stopped') return STATUS.interrupted;
  if (run.state === 'finished') return STATUS.done;
  return run.reason?.code === 'no-image' ? STATUS.nothingToRunOn : STATUS.failed;
}
