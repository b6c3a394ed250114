import type {
  LOG_PAGE_LIMIT,
  LogKind,
  LogLine,
  LogReply,
  LogRequest,
} from '../../../shared/contract/log-stream.ts';
import { getBridge } from '../../bridge/client.ts';
import { createLineCache, type Span } from './line-cache.ts';

const PAGE_LIMIT: typeof LOG_PAGE_LIMIT = 2000;
/** Requests for the view under way at once: fast scrolling drops what was passed by. */
const MOST_PENDING = 2;
/** The same where what is shown lies apart. */
const MOST_APART = 12;
/** Where more than a screen passes with each head, nobody reads it: the next one is asked for so much later. */
const FLOOD_REST_MS = 50;

export interface LogHead {
  lines: number;
  /** Lines from this one on may read differently with the next head. */
  settled: number;
  bytes: number;
  ended: boolean;
  error: string | null;
}

/** Which lines are shown. */
export interface LogFilter {
  streams: number[] | null;
  folded: boolean;
}

export interface LogQuery {
  pattern: string;
  regex: boolean;
  matchCase: boolean;
}

export type FoundReply = Extract<LogReply, { type: 'found' }>;
type HeadReply = Extract<LogReply, { type: 'head' }>;
type LinesReply = Extract<LogReply, { type: 'lines' }>;
type ErrorReply = Extract<LogReply, { type: 'error' }>;

/** A question whose answer is a line of the view. */
export type LogQuestion =
  { type: 'at'; at: number } | { type: 'locate'; number: number } | { type: 'failure' };

export interface LogFeed {
  subscribe(listener: () => void): () => void;
  /** Changes whenever there is something new to draw. */
  version(): number;
  head(): LogHead;
  line(index: number): LogLine | undefined;
  /** Counts the views whose lines were shown: after a change line numbers mean other lines. */
  view(): number;
  /** Tells what is on screen and whether it follows the end. Missing lines are asked for. */
  show(spans: readonly Span[], following: boolean): void;
  /**
   * Shows other lines from now on. What is drawn stays until they are here. `keep` is the number of a line
   * to stay at, in the whole log; the promise is where the new view has it.
   */
  filter(filter: LogFilter, keep: number | null): Promise<number | null>;
  /** The head was drawn: the next may come. */
  drawn(): void;
  /** Reads lines apart from the view, for copying; at most {@link PAGE_LIMIT} at a time are asked for. */
  read(first: number, count: number): Promise<LogLine[]>;
  /** Null when there is no such line, or nobody knows. */
  ask(question: LogQuestion): Promise<number | null>;
  /** Looks for text until the end that is returned; a change of the view ends it, too. */
  search(query: LogQuery, onFound: (found: FoundReply | ErrorReply) => void): () => void;
  close(): void;
}

interface PendingRead extends Span {
  resolve?: (lines: LogLine[]) => void;
}

/**
 * A log as the window sees it: how long it is, and the lines around the view. While the view
 * follows the end, a new head counts only once its last lines are here, and only then is it
 * acknowledged: a flood costs one read per drawn frame and nothing flickers.
 */
export function openLogFeed(runId: string, kind: LogKind): LogFeed {
  const listeners = new Set<() => void>();
  const cache = createLineCache();
  const reads = new Map<number, PendingRead>();
  const asked = new Map<number, (line: number | null) => void>();
  const searches = new Map<number, (found: FoundReply | ErrorReply) => void>();
  let version = 0;
  let head: LogHead = { lines: 0, settled: 0, bytes: 0, ended: false, error: null };
  let arriving: { head: LogHead; requestId: number } | null = null;
  let unacknowledged = false;
  let flooded = false;
  let resting: ReturnType<typeof setTimeout> | undefined;
  let wanted: { spans: readonly Span[]; following: boolean } = {
    spans: [{ first: 0, count: 50 }],
    following: true,
  };
  let lastRequest = 0;
  let lastView = 0;
  /** The view whose head is waited for. */
  let changing: { view: number; keep: number | null; done: (line: number | null) => void } | null =
    null;

  const publish = (): void => {
    version += 1;
    for (const listener of listeners) listener();
  };
  const send = (request: LogRequest): void => connection.send(request);
  const nextId = (): number => (lastRequest += 1);
  const read = (entry: PendingRead): number => {
    const requestId = nextId();
    reads.set(requestId, entry);
    send({ type: 'read', requestId, line: entry.first, count: entry.count });
    return requestId;
  };
  const settle = (next: LogHead): void => {
    cache.age(head.settled, head.lines);
    const shown = wanted.spans.at(-1)?.count ?? 0;
    flooded = wanted.following && head.lines > 0 && next.lines - head.lines > shown;
    head = next;
    unacknowledged = true;
    publish();
  };
  const arrive = (next: LogHead): void => (changing ? swap(next, null) : settle(next));

  /** What was asked of the view before is not waited for any more. */
  const forget = (): void => {
    arriving = null;
    for (const { resolve } of reads.values()) resolve?.([]);
    reads.clear();
    for (const answer of asked.values()) answer(null);
    asked.clear();
    searches.clear();
  };
  /** The lines of the new view take the place of the old ones. */
  const swap = (next: LogHead, line: number | null): void => {
    const done = changing?.done;
    changing = null;
    head = next;
    cache.clear();
    lastView += 1;
    done?.(line);
    settle(next);
  };
  const onFirstHead = async (next: LogHead): Promise<void> => {
    const change = changing;
    const keep = change?.keep ?? null;
    const line = keep === null ? null : await ask({ type: 'locate', number: keep });
    // Another view may have been asked for meanwhile.
    if (changing !== change) return;
    if (keep === null && wanted.following && next.lines > 0) return follow(next);
    swap(next, line);
    fill();
  };
  const follow = (next: LogHead): void => {
    const fits = Math.max(1, wanted.spans.at(-1)?.count ?? 1);
    const count = Math.min(next.lines, fits, PAGE_LIMIT);
    arriving = { head: next, requestId: read({ first: next.lines - count, count }) };
  };
  const onHead = (reply: HeadReply): void => {
    const { lines, settled, bytes, ended } = reply;
    const next: LogHead = { lines, settled, bytes, ended, error: null };
    if (changing && reply.view < changing.view) return send({ type: 'ack' });
    if (changing && !arriving) return void onFirstHead(next);
    arriving = null;
    if (wanted.following && lines > 0) return follow(next);
    arrive(next);
    fill();
  };
  const onLines = (reply: LinesReply): void => {
    const entry = reads.get(reply.requestId);
    reads.delete(reply.requestId);
    if (!entry) return;
    if (entry.resolve) return entry.resolve(reply.lines);
    const arrived = arriving?.requestId === reply.requestId ? arriving.head : null;
    if (arrived) {
      arriving = null;
      arrive(arrived);
    }
    const around = wanted.spans[0]?.first ?? 0;
    cache.put(reply.first, reply.lines, arrived ? reply.first : around);
    publish();
    if (reply.lines.length > 0) fill();
  };
  const onError = (reply: ErrorReply): void => {
    const { requestId, message: error } = reply;
    const failed = arriving !== null && arriving.requestId === requestId ? arriving.head : null;
    if (requestId !== null) {
      const search = searches.get(requestId);
      if (search) return search(reply);
      answer(requestId, null);
      reads.get(requestId)?.resolve?.([]);
      reads.delete(requestId);
    }
    if (failed) {
      // Acknowledged all the same: the next head may find its lines.
      arriving = null;
      arrive({ ...failed, error });
    } else {
      head = { ...head, error };
      publish();
    }
  };
  const answer = (requestId: number, line: number | null): void => {
    asked.get(requestId)?.(line);
    asked.delete(requestId);
  };
  const connection = getBridge().openLog(runId, kind, (reply) => {
    if (reply.type === 'head') onHead(reply);
    else if (reply.type === 'lines') onLines(reply);
    else if (reply.type === 'found') searches.get(reply.requestId)?.(reply);
    else if (reply.type === 'line') answer(reply.requestId, reply.line);
    else onError(reply);
  });

  const isPending = (index: number): boolean =>
    [...reads.values()].some(
      ({ first, count, resolve }) => !resolve && index >= first && index < first + count,
    );
  /** Asks for the lines of the view that are not here yet. */
  const fill = (): void => {
    if (arriving || changing) return;
    const under = [...reads.values()].filter(({ resolve }) => !resolve).length;
    const most = wanted.spans.length > 1 ? MOST_APART : MOST_PENDING;
    const spans = cache.missing(wanted.spans, head.lines, isPending);
    for (const { first, count } of spans.slice(0, Math.max(0, most - under))) {
      read({ first, count: Math.min(count, PAGE_LIMIT) });
    }
  };
  const ask: LogFeed['ask'] = (question) =>
    new Promise((resolve) => {
      const requestId = nextId();
      asked.set(requestId, resolve);
      send({ ...question, requestId });
    });

  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    version: () => version,
    head: () => head,
    line: cache.get,
    view: () => lastView,
    show(spans, following) {
      wanted = { spans, following };
      fill();
    },
    filter(filter, keep) {
      changing?.done(null);
      forget();
      return new Promise((done) => {
        const view = nextId();
        changing = { view, keep, done };
        send({ type: 'view', view, ...filter });
      });
    },
    drawn() {
      if (!unacknowledged) return;
      unacknowledged = false;
      if (flooded) resting = setTimeout(() => send({ type: 'ack' }), FLOOD_REST_MS);
      else send({ type: 'ack' });
    },
    async read(first, count) {
      const lines: LogLine[] = [];
      while (lines.length < count) {
        const page = await new Promise<LogLine[]>((resolve) => {
          const from = first + lines.length;
          read({ first: from, count: Math.min(PAGE_LIMIT, count - lines.length), resolve });
        });
        if (page.length === 0) break;
        lines.push(...page);
      }
      return lines;
    },
    ask,
    search(query, onFound) {
      const requestId = nextId();
      searches.set(requestId, onFound);
      send({ type: 'search', requestId, ...query });
      return () => {
        if (searches.delete(requestId)) send({ type: 'cancel', requestId });
      };
    },
    close() {
      clearTimeout(resting);
      connection.close();
      listeners.clear();
      changing?.done(null);
      forget();
    },
  };
}
