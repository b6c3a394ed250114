import { AppError } from '../../../shared/errors.ts';
import type { Core } from '../../../core/create-core.ts';

/** Stops a run that was under way a moment ago: that it ended or was deleted meanwhile is no fault. */
export function stopRun(
  runs: Pick<Core['runs'], 'stop'>,
  id: string,
  report: (error: unknown) => void,
): void {
  try {
    runs.stop(id);
  } catch (error) {
    const isOver =
      error instanceof AppError && (error.code === 'E_STATE' || error.code === 'E_NOT_FOUND');
    if (!isOver) report(error);
  }
}
