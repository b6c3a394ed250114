import { AppError } from '../../shared/errors.ts';
import { QUEUE_CONCURRENCY } from '../../shared/domain/queue.ts';

/** How many runs at a time: a number, or `none` for no limit. @throws AppError `E_ARGS` */
export function parseConcurrency(text: string): number | 'none' {
  const word = text.trim().toLowerCase();
  if (word === 'none') return word;
  const number = /^\d+$/.test(word) ? Number(word) : NaN;
  if (number >= 1 && number <= QUEUE_CONCURRENCY) return number;
  throw new AppError('E_ARGS', `A queue cannot run ${JSON.stringify(text)} at a time.`, {
    next:
      number === 0
        ? 'To start nothing for a while, pause it: slipway queue pause <queue>.'
        : `Give a whole number from 1 to ${QUEUE_CONCURRENCY}, or none for no limit.`,
  });
}
