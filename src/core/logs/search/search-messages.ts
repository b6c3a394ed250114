import type { ErrorData } from '../../../shared/errors.ts';
import type { ViewChoice } from '../views/lines-view.ts';
import type { Search } from './matcher.ts';
import type { Found } from './search-view.ts';

/** What the thread that searches is started with. */
export interface SearchData {
  folder: string;
  /** Counts up before and behind every few lines that are looked at: odd while they are. */
  pulse: Int32Array<SharedArrayBuffer>;
}

/** What to search, and in which view of which log. */
export interface SearchJob {
  id: string;
  choice: ViewChoice;
  search: Search;
}

export type ToSearcher =
  | { type: 'start'; job: SearchJob; ended: boolean }
  /** The log has grown or ended. */
  | { type: 'grown'; ended: boolean }
  | { type: 'stop' };

export type FromSearcher =
  | { type: 'found'; found: Found }
  | { type: 'failed'; error: ErrorData }
  /** The last search is over, also when it was stopped: the next may be started. */
  | { type: 'idle' };
