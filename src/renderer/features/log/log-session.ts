import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LogKind } from '../../../shared/contract/log-stream.ts';
import type { StreamChoice } from '../../stores/log-here.ts';
import { useLogPrefs } from '../../stores/log-prefs.ts';
import type { LineRange } from './copy-lines.ts';
import { openLogFeed, type LogFeed, type LogQuery } from './log-feed.ts';
import { placeLeft } from './log-places.ts';
import { NOTHING_FOUND, nextMatch, startSearch, type Found } from './log-search.ts';

/** A line the view shall go to. A new object each time, so that the same line can be gone to again. */
export interface Target {
  line: number;
  align: 'top' | 'center' | 'nearest';
}

export interface LogState {
  query: LogQuery;
  found: Found;
  /** The match the reader is at: a line of the view. */
  match: number | null;
  /** Only lines that match are shown, with so many around each; null for all lines. */
  context: number | null;
  /** Rows that are chosen. */
  selection: LineRange | null;
  streams: StreamChoice;
  /** The line that tells why the run failed. */
  failing: number | null;
  /** The line a link led to. */
  linked: number | null;
  target: Target | null;
  following: boolean;
  /** It is not known yet where the view shall be. */
  placing: boolean;
  /** Something that went otherwise than was asked for. */
  note: string | null;
}

/** One open log and how it is read. */
export interface LogSession {
  feed: LogFeed;
  state: StoreApi<LogState>;
  /** What is on the screen: its first line, and how many rows. Written by the view. */
  visible: { line: number; row: number; count: number };
  /** Where it was scrolled to, px, and whether text of its rows is marked. Written by the view. */
  drawn: { top: number; marked: boolean };
  /** Looks for something else. */
  look(change: Partial<LogQuery>): void;
  /** To the next (1) or previous (-1) match. */
  step(by: 1 | -1): void;
  choose(streams: StreamChoice): void;
  /** Asks which line tells why the run failed, and goes there unless the reader went elsewhere. */
  findFailure(): Promise<void>;
  toFailure(): void;
  /** Goes to a line of the whole log, from 0, and marks it. */
  showLinked(number: number): Promise<void>;
  /** Goes to what was printed at a time, ms since 1970. */
  jump(at: number): Promise<void>;
  close(): void;
}

export interface SessionOptions {
  runId: string;
  kind: LogKind;
  /** Names this log among all, to come back to where it was left. */
  place: string;
  /** A line of the whole log to open at, from 0. */
  line: number | null;
}

const NO_QUERY: LogQuery = { pattern: '', regex: false, matchCase: false };
/** Typing goes on: what was looked for a moment ago is not wanted any more. */
const TYPING_MS = 100;
const STREAMS: Readonly<Record<StreamChoice, number[] | null>> = {
  both: null,
  stdout: [1],
  stderr: [2],
};

/** The numbers of the streams of a choice, as the log port counts them; null for all. */
export const streamNumbers = (choice: StreamChoice): number[] | null => STREAMS[choice];

/** Opens a log where it was left, at a line that is asked for, or at its end. */
export function openLogSession({ runId, kind, place, line }: SessionOptions): LogSession {
  const feed = openLogFeed(runId, kind);
  const left = placeLeft(place);
  const keep = line ?? (left && !left.following ? left.number : null);
  const state = createStore<LogState>(() => ({
    query: NO_QUERY,
    found: NOTHING_FOUND,
    match: null,
    context: null,
    selection: null,
    streams: 'both',
    failing: null,
    linked: null,
    target: null,
    following: keep === null,
    placing: keep !== null,
    note: null,
  }));
  const set = (change: Partial<LogState>): void => state.setState(change);
  const visible = { line: 0, row: 0, count: 1 };
  let endSearch = (): void => undefined;
  let typing: ReturnType<typeof setTimeout> | undefined;
  let linkedNumber: number | null = null;
  let failureWanted = false;
  let open = true;

  const goTo = (index: number, align: Target['align'], more: Partial<LogState> = {}): void =>
    set({ target: { line: index, align }, ...more });
  const restartSearch = (): void => {
    endSearch();
    endSearch = startSearch(feed, state.getState().query, (found) => set({ found }));
  };
  /** Shows what the choices say; lines have other places from then on. */
  const refilter = async (keepNumber: number | null): Promise<number | null> => {
    const filter = {
      streams: kind === 'run' ? STREAMS[state.getState().streams] : null,
      folded: useLogPrefs.getState().folded,
    };
    const at = await feed.filter(filter, keepNumber);
    if (!open) return null;
    set({ match: null, selection: null, failing: null, linked: null });
    restartSearch();
    if (failureWanted) set({ failing: await feed.ask({ type: 'failure' }) });
    if (linkedNumber !== null) {
      set({ linked: await feed.ask({ type: 'locate', number: linkedNumber }) });
    }
    return at;
  };
  const stay = async (): Promise<void> => {
    const { following } = state.getState();
    const number = following ? null : (feed.line(visible.line)?.number ?? null);
    const at = await refilter(number);
    if (at !== null) goTo(at, 'top');
  };
  const lookAtFailure = async (): Promise<void> => {
    const failing = await feed.ask({ type: 'failure' });
    if (failing === null || !open) return;
    set({ failing });
    const { following } = state.getState();
    const seen = failing >= feed.head().lines - visible.count;
    if (following && !seen) goTo(failing, 'center');
  };
  const start = async (): Promise<void> => {
    linkedNumber = line;
    const at = await refilter(keep);
    if (keep === null || !open) return;
    if (at !== null) goTo(at, line === null ? 'top' : 'center', { placing: false });
    else set({ placing: false, following: true, ...(line !== null && { note: missing(line) }) });
  };
  const unwatch = useLogPrefs.subscribe((now, before) => {
    if (now.folded !== before.folded) void stay();
  });
  void start();

  return {
    feed,
    state,
    visible,
    drawn: { top: 0, marked: false },
    look(change) {
      const query = { ...state.getState().query, ...change };
      set({ query, match: null, ...(query.pattern === '' && { context: null }) });
      clearTimeout(typing);
      endSearch();
      if (query.pattern === '') restartSearch();
      else typing = setTimeout(restartSearch, TYPING_MS);
    },
    step(by) {
      const { found, match } = state.getState();
      // With none yet, the first one on the screen, or else after it.
      const from = match ?? visible.line - by;
      const next = nextMatch(found.lines, from, by);
      if (next !== null) goTo(next, 'nearest', { match: next });
    },
    choose(streams) {
      set({ streams });
      void stay();
    },
    async findFailure() {
      failureWanted = true;
      const wasWhole = feed.head().ended;
      await lookAtFailure();
      if (wasWhole || !open) return;
      // What came meanwhile may have moved it out of sight, or tells the reason itself.
      await untilEnded(feed);
      await lookAtFailure();
    },
    toFailure() {
      const { failing } = state.getState();
      if (failing !== null) goTo(failing, 'center', { context: null });
    },
    async showLinked(number) {
      linkedNumber = number;
      const linked = await feed.ask({ type: 'locate', number });
      if (linked === null) set({ note: missing(number), following: true });
      else goTo(linked, 'center', { linked, context: null });
    },
    async jump(at) {
      const reached = await feed.ask({ type: 'at', at });
      const last = feed.head().lines - 1;
      goTo(reached ?? Math.max(0, last), 'center', { context: null });
      if (reached === null)
        set({ note: 'Nothing was printed that late: this is the end of the log.' });
    },
    close() {
      open = false;
      clearTimeout(typing);
      unwatch();
      endSearch();
      feed.close();
    },
  };
}

/** Resolves when the log is known to be whole; never when it is closed before that. */
const untilEnded = (feed: LogFeed): Promise<void> =>
  new Promise((resolve) => {
    if (feed.head().ended) return resolve();
    const stop = feed.subscribe(() => {
      if (!feed.head().ended) return;
      stop();
      resolve();
    });
  });

const missing = (number: number): string =>
  `Line ${number + 1} is not in this log: this is its end.`;
