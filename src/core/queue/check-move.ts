import type { MoveRequest } from '../db/move-runs.ts';
import { AppError } from '../../shared/errors.ts';

/** The last time that a `Date` can be. */
const LAST = 8.64e15;

/** A time to start, in whole ms. @throws AppError `E_ARGS` for one that no clock shows */
export function checkTime(notBefore: number): number {
  if (notBefore >= 0 && notBefore <= LAST) return Math.round(notBefore);
  throw new AppError('E_ARGS', `A run cannot be started at ${notBefore} ms since 1970.`, {
    next: 'Give a time that is to come.',
  });
}

/** @throws AppError `E_ARGS` for a move that says nothing, or of nothing */
export function checkMove({ runIds, queueId, priority, before, notBefore }: MoveRequest): {
  notBefore?: number | null;
} {
  if (runIds.length === 0) {
    throw new AppError('E_ARGS', 'No run is named that could be moved.', { next: 'Name one.' });
  }
  if ([queueId, priority, before, notBefore].every((each) => each === undefined)) {
    throw new AppError('E_ARGS', 'Nothing is said about where the runs are to go.', {
      next: 'Give a queue, a priority, a run to go before, or a time to start.',
    });
  }
  if (notBefore === undefined) return {};
  return { notBefore: notBefore === null ? null : checkTime(notBefore) };
}
