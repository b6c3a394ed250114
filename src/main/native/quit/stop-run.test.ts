import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { stopRun } from './stop-run.ts';

function stopWith(error: unknown) {
  const report = vi.fn();
  const runs = {
    stop: vi.fn(() => {
      throw error;
    }),
  };
  stopRun(runs, 'r1', report);
  return report.mock.calls;
}

describe('stopRun', () => {
  it.each([
    new AppError('E_STATE', 'The run "a" has already ended (finished).'),
    new AppError('E_NOT_FOUND', 'There is no run "r1".'),
  ])('is done where $code says that there is nothing to stop', (error) => {
    expect(stopWith(error)).toEqual([]);
  });

  it.each([new Error('the database is closed'), new AppError('E_DISK_FULL', 'The disk is full.')])(
    'reports %s',
    (error) => expect(stopWith(error)).toEqual([[error]]),
  );
});
