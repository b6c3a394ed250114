import type { LogLine } from '../../../shared/contract/log-stream.ts';

/** Which lines of a log are shown. */
export interface ViewChoice {
  /** Those of these streams; null for all. */
  streams: readonly number[] | null;
  /** What a terminal would show of lines that were written over. */
  folded: boolean;
}

/** How much of a log a view shows. */
export interface ViewHead {
  lines: number;
  /** Of the whole log. */
  bytes: number;
  /** The first so many lines stay as they are, however the log goes on. */
  settled: number;
  /** The first so many lines have their end: no less than are settled. */
  whole: number;
  /** Not all that is stored was taken in: the next call goes on. */
  more: boolean;
}

/** The lines of one log that a choice leaves, counted from 0. Lines keep their true `number`. */
export interface LinesView {
  /** Takes in what was stored since the last call, for at most about 50 ms. Other calls answer for the log as it was then. */
  grow(): Promise<ViewHead>;
  /** `count` lines from line `first` on, fewer at the end. With `ends` their text has its line end. */
  page(first: number, count: number, ends?: boolean): Promise<LogLine[]>;
  /** The line that shows line `number` of the whole log or that it became part of; null for none. */
  locate(number: number): Promise<number | null>;
  /** The first line at or behind line `number` of the whole log; null for none. */
  from(number: number): Promise<number | null>;
}
