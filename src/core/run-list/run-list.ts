import type { RunColumn, RunPage, RunQuery, RunScope } from '../../shared/domain/run-list.ts';
import { isTerminal } from '../../shared/domain/run.ts';
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
    if (!session.isReady && isActive(query)) return this.#active(query);
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

  #newest(query: RunQuery): RunPage {
    const { pages } = this.#parts;
    const total = pages.count(query.scope);
    if (total >= MANY) this.#getReady();
    return { all: total, total, runs: pages.newest(query.scope, query), groups: null };
  }

  #active(query: RunQuery): RunPage {
    const { scope, filter } = query;
    const { pages } = this.#parts;
    const states = filter.states ?? [];
    const total = pages.countActive(scope, states);
    const runs = pages.active(scope, states, query);
    return { all: pages.count(scope), total, runs, groups: null };
  }

  #getReady(): void {
    this.#ahead ??= setTimeout(() => {
      this.#ahead = null;
      // Whoever asks next is told what is wrong.
      this.#parts.session.ask('warm', null).catch(() => undefined);
    }, AHEAD_MS).unref();
  }
}

/** Whether a page is near the start of all runs there are, newest first. */
const isNewest = (query: RunQuery): boolean => isPlain(query) && isNothing(query.filter.states);

/** Whether a page is of runs that have not ended, newest first. */
const isActive = (query: RunQuery): boolean =>
  isPlain(query) &&
  !isNothing(query.filter.states) &&
  query.filter.states!.every((state) => !isTerminal(state));

const isPlain = ({ scope, filter, sort, groupBy, offset }: RunQuery): boolean => {
  const { states: _states, ...others } = filter;
  return (
    !scope.binned &&
    sort.length === 0 &&
    groupBy === null &&
    offset < NEWEST &&
    Object.values(others).every(isNothing)
  );
};

const isNothing = (filter: unknown): boolean =>
  filter === undefined || filter === '' || (Array.isArray(filter) && filter.length === 0);
