import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import { AppError } from '../shared/errors.ts';

const CODES: ReadonlySet<unknown> = new Set(['EMFILE', 'ENFILE']);

/** Whether a failure of a file means that no more files can be opened. */
export const isOutOfFiles = (error: unknown): boolean =>
  CODES.has((error as { code?: unknown } | null)?.code);

/** Whether this process can open no more files now, or not so many. */
export function hasNoFilesLeft(count = 1): boolean {
  const opened: number[] = [];
  try {
    while (opened.length < count) opened.push(openSync(devNull, 'r'));
    return false;
  } catch (error) {
    return isOutOfFiles(error);
  } finally {
    for (const file of opened) closeSync(file);
  }
}

export const systemLimit = (cause: unknown): AppError =>
  new AppError('E_SYSTEM_LIMIT', 'The system lets Slipway open no more files.', {
    next: 'Close what you do not need, or raise the limit (ulimit -n).',
    cause,
  });
