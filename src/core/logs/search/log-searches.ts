import type { ErrorData } from '../../../shared/errors.ts';
import type { SearchJob } from './search-messages.ts';
import type { Found } from './search-view.ts';
import { SearchThread } from './search-thread.ts';

/** A search under way. */
export interface RunningSearch {
  /** The log has grown, or has ended. */
  grown(ended: boolean): void;
  /** Nothing is told any more. */
  stop(): void;
}

interface SearchListener {
  found(found: Found): void;
  /** Such as `E_PATTERN`: the pattern is none, or takes too long. */
  failed(error: ErrorData): void;
}

/**
 * Searches logs on threads of their own, so that no pattern and no log holds up the caller. A thread
 * is started when it is needed; one is kept for the next search.
 */
export class LogSearches {
  readonly #workerFile: URL;
  readonly #folder: string;
  readonly #threads = new Set<SearchThread>();
  #idle: SearchThread | null = null;

  /** `folder`: where the logs are. */
  constructor(workerFile: URL, folder: string) {
    this.#workerFile = workerFile;
    this.#folder = folder;
  }

  /** `ended`: whether nothing will be added to the log any more, as far as that is known. */
  start(job: SearchJob, ended: boolean, listener: SearchListener): RunningSearch {
    const thread = this.#idle ?? new SearchThread(this.#workerFile, this.#folder);
    this.#idle = null;
    this.#threads.add(thread);
    let [stopped, over] = [false, false];
    thread.start(job, ended, {
      found: (found) => stopped || listener.found(found),
      failed: (error) => stopped || listener.failed(error),
      over: (usable) => {
        over = true;
        this.#release(thread, usable);
      },
    });
    return {
      grown: (nowEnded) => over || thread.grown(nowEnded),
      stop: () => {
        stopped = true;
        if (!over) thread.stop();
      },
    };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#threads].map((thread) => thread.close()));
  }

  #release(thread: SearchThread, usable: boolean): void {
    if (usable && !this.#idle) {
      this.#idle = thread;
      return;
    }
    this.#threads.delete(thread);
    if (usable) void thread.close();
  }
}
