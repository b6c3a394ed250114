import { create } from 'zustand';
import { keep, readKeptValues } from './kept.ts';

/** What stands beside each line: nothing, the time of day, or the time since the run started. */
export const LOG_TIMES = ['off', 'clock', 'elapsed'] as const;
export type LogTimes = (typeof LOG_TIMES)[number];

/** How logs are shown, all of them. */
export interface LogPrefs {
  times: LogTimes;
  /** Progress bars and other lines that were written over are shown as a terminal leaves them. */
  folded: boolean;
}

const KEY = 'log';

function readStored(): LogPrefs {
  const stored = readKeptValues(KEY);
  return {
    times: LOG_TIMES.find((times) => times === stored['times']) ?? 'off',
    folded: stored['folded'] !== false,
  };
}

export const useLogPrefs = create<LogPrefs>(readStored);

function change(next: Partial<LogPrefs>): void {
  useLogPrefs.setState(next);
  keep(KEY, useLogPrefs.getState());
}

/** Off, clock time, time since the start, and off again. */
export function nextTimes(): void {
  const at = LOG_TIMES.indexOf(useLogPrefs.getState().times);
  change({ times: LOG_TIMES[(at + 1) % LOG_TIMES.length] ?? 'off' });
}

export const toggleFolded = (): void => change({ folded: !useLogPrefs.getState().folded });
