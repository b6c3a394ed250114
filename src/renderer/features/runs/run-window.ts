import type {
  RunFilter,
  RunPage,
  RunQuery,
  RunScope,
  RunSort,
} from '../../../shared/domain/run-list.ts';
import type { Run } from '../../../shared/domain/run.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import type { Result } from '../../../shared/result.ts';
import { inScope, keepSame, pagesOf, putNewer, splitPages, PAGE, type Pages } from './run-pages.ts';

/** What a list shows of the runs there are, and how. */
export interface RunView {
  scope: RunScope;
  filter: RunFilter;
  sort: readonly RunSort[];
  groupBy: string | null;
}

/** A list as it was answered: only the pages near what is in sight are held. */
export interface ShownRuns {
  view: RunView;
  all: number;
  total: number;
  groups: RunPage['groups'];
  pages: Pages;
}

export interface RunWindowState {
  /** Null until the first answer. What was shown stays until something newer is there. */
  shown: ShownRuns | null;
  error: ErrorData | null;
}

/** A list that lives is asked for again this often at most, in ms. */
const CALM = 1000;
/** Changes that come together are asked about once. */
const TOGETHER = 60;
/** Pages beside those in sight that are kept. */
const BESIDE = 2;

type Ask = (query: RunQuery) => Promise<Result<RunPage>>;

export const sameView = (a: RunView | undefined, b: RunView): boolean =>
  a === b || JSON.stringify(a) === JSON.stringify(b);

/** In the order they are made, without a filter, a run that changes stays where it is. */
const staysInPlace = ({ filter, sort, groupBy }: RunView): boolean =>
  sort.length === 0 && groupBy === null && Object.keys(filter).length === 0;

/**
 * A part of a list of any length. One request is under way at a time, and it is the newest one that
 * matters: an answer to what is not asked any more is left away.
 */
export class RunWindow {
  readonly #ask: Ask;
  readonly #readers = new Set<() => void>();
  #state: RunWindowState;
  #wanted: RunView | null = null;
  #needed: readonly number[];
  #busy = false;
  #stale: boolean;
  #askedAt = -Infinity;
  #refreshAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param pages that are in sight at first
   * @param before what is shown until the first answer
   */
  constructor(ask: Ask, pages: readonly number[], before: ShownRuns | null) {
    this.#ask = ask;
    this.#needed = pages;
    this.#state = { shown: before, error: null };
    this.#stale = true;
  }

  readonly state = (): RunWindowState => this.#state;

  readonly subscribe = (reader: () => void): (() => void) => {
    this.#readers.add(reader);
    return () => void this.#readers.delete(reader);
  };

  /** Asks for another view; its rows come all at once, when they are there. */
  show(view: RunView): void {
    if (this.#wanted && sameView(this.#wanted, view)) return;
    // As many as were in sight, from its start.
    if (this.#wanted) this.#needed = this.#needed.map((_, n) => n);
    this.#wanted = view;
    void this.#pump();
  }

  /** The pages that are in sight. */
  readonly need = (pages: readonly number[]): void => {
    const { shown, error } = this.#state;
    // What is in sight is of the list before, while another one is asked for.
    if (shown && this.#wanted && !sameView(shown.view, this.#wanted)) return;
    this.#needed = pages.length > 0 ? pages : [0];
    if (error === null) void this.#pump();
  };

  /** Runs were changed or deleted: puts them where they are shown, and asks again before long. */
  changed(runs: readonly Run[], removed: readonly string[]): void {
    const wanted = this.#wanted;
    if (!wanted) return;
    const touched = runs.filter((run) => inScope(run, wanted.scope));
    const { shown } = this.#state;
    const here = new Map([...(shown?.pages.values() ?? [])].flat().map((run) => [run.id, run]));
    if (shown && touched.some(({ id }) => here.has(id))) {
      this.#set({ ...this.#state, shown: { ...shown, pages: putNewer(shown.pages, touched) } });
    }
    const isNews = (run: Run): boolean =>
      !staysInPlace(wanted) || here.get(run.id)?.binnedAt !== run.binnedAt;
    // Those that went into the bin, or out of it, are not where they were: nobody waits for that.
    const moved = touched.some(
      ({ id, binnedAt }) => here.has(id) && here.get(id)!.binnedAt !== binnedAt,
    );
    if (moved || removed.length > 0) this.#refreshIn(TOGETHER);
    else if (touched.some(isNews)) {
      this.#refreshIn(Math.max(TOGETHER, this.#askedAt + CALM - Date.now()));
    }
  }

  /** Asks again, at once: after an error, or when it is known that something is different. */
  readonly refresh = (): void => {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#stale = true;
    void this.#pump();
  };

  stop(): void {
    this.#wanted = null;
    clearTimeout(this.#timer);
  }

  #refreshIn(ms: number): void {
    const at = Date.now() + ms;
    if (this.#timer && this.#refreshAt <= at) return;
    clearTimeout(this.#timer);
    this.#refreshAt = at;
    this.#timer = setTimeout(this.refresh, ms);
  }

  #set(state: RunWindowState): void {
    this.#state = state;
    for (const reader of this.#readers) reader();
  }

  /** The pages to ask for: all needed ones of another view or a newer list, else those that are missing. */
  #next(wanted: RunView): { pages: readonly number[]; anew: boolean } | null {
    const { shown } = this.#state;
    if (!shown || this.#stale || !sameView(shown.view, wanted)) {
      return { pages: pagesOf(this.#needed), anew: true };
    }
    const last = Math.ceil(shown.total / PAGE) - 1;
    const missing = this.#needed.filter((page) => page <= last && !shown.pages.has(page));
    return missing.length > 0 ? { pages: pagesOf(missing), anew: false } : null;
  }

  async #pump(): Promise<void> {
    const view = this.#wanted;
    const next = this.#busy || !view ? null : this.#next(view);
    if (!view || !next) return;
    if (next.anew) {
      this.#stale = false;
      this.#askedAt = Date.now();
    }
    const offset = next.pages[0]! * PAGE;
    this.#busy = true;
    const limit = next.pages.length * PAGE;
    const answer = await this.#ask({ ...view, sort: [...view.sort], offset, limit });
    this.#busy = false;
    if (this.#wanted !== view) return this.#pump();
    if (!answer.ok) return this.#set({ ...this.#state, error: answer.error });
    this.#put(answer.value, view, next);
    return this.#pump();
  }

  #put(
    { runs, ...rest }: RunPage,
    view: RunView,
    next: { pages: readonly number[]; anew: boolean },
  ) {
    const before: Pages = this.#state.shown?.pages ?? new Map();
    const got = splitPages(keepSame(runs, before), next.pages[0]!);
    const isNear = (at: number): boolean =>
      this.#needed.some((needed) => Math.abs(needed - at) <= BESIDE);
    const kept = next.anew ? [] : [...before].filter(([at]) => isNear(at));
    const pages = new Map([...kept, ...got]);
    this.#set({ shown: { view, ...rest, pages }, error: null });
  }
}
