import type { RunColumn, RunPage, RunQuery, RunScope } from '../../shared/domain/run-list.ts';
import type { Clock } from '../clock.ts';
import type { ListSession } from './list-session.ts';
import type { StoredPages } from './stored-pages.ts';

/** Runs of the default order that the database finds by itself about as fast. */
const NEWEST = 1000;
/** Below so many, columns are made when they are asked for. */
const MANY = 2000;
/** When columns are made ahead of the first question: after the first screen is there. */
const AHEAD_MS = 500;

export interface RunListParts {
  pages: StoredPages;
  session: ListSession;
  clock: Clock;
}

/** Lists of any number of runs, a part at a time. */
export class RunList {
  readonly #parts: RunListParts;
  #ahead: NodeJS.Timeout | null = null;

  constructor(parts: RunListParts) {
    this.#parts = parts;
  }

  /**
   * A page of a list. The first ones of the newest runs come before columns of all runs have been made.
   * @throws AppError `E_ARGS` when there are too many groups
   */
  async query(query: RunQuery): Promise<RunPage> {
    const { pages, session, clock } = this.#parts;
    if (!session.isReady && isNewest(query)) return this.#newest(query);
    const { seqs, ...page } = await session.ask('query', { query, now: clock.now() });
    return { ...page, runs: pages.bySeqs(seqs) };
  }

  /** The columns of values that runs of a scope have. */
  columns(scope: RunScope): Promise<RunColumn[]> {
    return this.#parts.session.ask('columns', scope);
  }

  async close(): Promise<void> {
    if (this.#ahead) clearTimeout(this.#ahead);
    await this.#parts.session.close();
  }

  #newest({ scope, offset, limit }: RunQuery): RunPage {
    const { pages } = this.#parts;
    const total = pages.count(scope);
    if (total >= MANY) this.#getReady();
    return { all: total, total, runs: pages.newest(scope, offset, limit), groups: null };
  }

  #getReady(): void {
    this.#ahead ??= setTimeout(() => {
      this.#ahead = null;
      // Whoever asks next is told what is wrong.
      this.#parts.session.ask('warm', null).catch(() => undefined);
    }, AHEAD_MS).unref();
  }
}

/** Whether a page is one of all runs there are, newest first. */
const isNewest = ({ scope, filter, sort, groupBy, offset }: RunQuery): boolean =>
  !scope.binned &&
  sort.length === 0 &&
  groupBy === null &&
  offset < NEWEST &&
  Object.values(filter).every((each) => each === undefined || isNothing(each));

const isNothing = (filter: unknown): boolean =>
  filter === '' || (Array.isArray(filter) && filter.length === 0);
