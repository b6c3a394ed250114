import type {
  LOG_PAGE_LIMIT,
  LogKind,
  LogLine,
  LogReply,
} from '../../../shared/contract/log-stream.ts';
import { getBridge } from '../../bridge/client.ts';

const PAGE_LIMIT: typeof LOG_PAGE_LIMIT = 2000;
/** Lines kept; what is farthest from the view goes first. */
const KEEP = 20_000;
/** Requests for the view under way at once: fast scrolling drops what was passed by. */
const MOST_PENDING = 2;

export interface LogHead {
  lines: number;
  bytes: number;
  ended: boolean;
  error: string | null;
}

export interface LogFeed {
  subscribe(listener: () => void): () => void;
  /** Changes whenever there is something new to draw. */
  version(): number;
  head(): LogHead;
  line(index: number): LogLine | undefined;
  /** Tells what is on screen and whether it follows the end. Missing lines are asked for. */
  show(first: number, count: number, following: boolean): void;
  /** The head was drawn: the next may come. */
  drawn(): void;
  /** Reads lines apart from the view, for copying; at most {@link PAGE_LIMIT} at a time are asked for. */
  read(first: number, count: number): Promise<LogLine[]>;
  close(): void;
}

interface Pending {
  first: number;
  count: number;
  resolve?: (lines: LogLine[]) => void;
}

/**
 * A log as the window sees it: how long it is, and the lines around the view. While the view
 * follows the end, a new head counts only once its last lines are here, and only then is it
 * acknowledged: a flood costs one read per drawn frame and nothing flickers.
 */
export function openLogFeed(runId: string, kind: LogKind): LogFeed {
  const listeners = new Set<() => void>();
  const cache = new Map<number, LogLine>();
  const pending = new Map<number, Pending>();
  let version = 0;
  let head: LogHead = { lines: 0, bytes: 0, ended: false, error: null };
  let arriving: { head: LogHead; requestId: number } | null = null;
  let unacknowledged = false;
  let view = { first: 0, count: 50, following: true };
  /** The last line when it was read: it may have been without its end and grow. */
  let growing = -1;
  let lastRequest = 0;

  const publish = (): void => {
    version += 1;
    for (const listener of listeners) listener();
  };
  const request = (entry: Pending): number => {
    lastRequest += 1;
    pending.set(lastRequest, entry);
    connection.send({
      type: 'read',
      requestId: lastRequest,
      line: entry.first,
      count: entry.count,
    });
    return lastRequest;
  };
  const settle = (next: LogHead): void => {
    if (next.bytes !== head.bytes && growing >= 0) cache.delete(growing);
    head = next;
    unacknowledged = true;
    publish();
  };

  const onHead = (next: LogHead): void => {
    arriving = null;
    if (!view.following || next.lines === 0) {
      settle(next);
      fill();
      return;
    }
    const count = Math.min(next.lines, Math.max(1, view.count), PAGE_LIMIT);
    arriving = { head: next, requestId: request({ first: next.lines - count, count }) };
  };
  const onLines = (reply: Extract<LogReply, { type: 'lines' }>): void => {
    const entry = pending.get(reply.requestId);
    pending.delete(reply.requestId);
    if (entry?.resolve) return entry.resolve(reply.lines);
    const arrived = arriving?.requestId === reply.requestId ? arriving.head : null;
    if (arrived) {
      arriving = null;
      settle(arrived);
    }
    reply.lines.forEach((line, index) => cache.set(reply.first + index, line));
    const end = reply.first + reply.lines.length;
    if (end >= head.lines && !head.ended) growing = end - 1;
    prune();
    publish();
    if (reply.lines.length > 0) fill();
  };
  const onError = (reply: Extract<LogReply, { type: 'error' }>): void => {
    if (reply.requestId !== null) {
      pending.get(reply.requestId)?.resolve?.([]);
      pending.delete(reply.requestId);
    }
    const failed = arriving?.requestId === reply.requestId ? arriving.head : null;
    const error = reply.message;
    if (failed) {
      // Acknowledged all the same: the next head may find its lines.
      arriving = null;
      settle({ ...failed, error });
    } else {
      head = { ...head, error };
      publish();
    }
  };
  const connection = getBridge().openLog(runId, kind, (reply) => {
    if (reply.type === 'head') onHead({ ...reply, error: null });
    else if (reply.type === 'lines') onLines(reply);
    else if (reply.type === 'error') onError(reply);
  });

  const prune = (): void => {
    if (cache.size <= KEEP) return;
    const middle = view.first + view.count / 2;
    for (const index of cache.keys()) {
      if (Math.abs(index - middle) > KEEP / 4) cache.delete(index);
    }
  };
  const isPending = (index: number): boolean =>
    [...pending.values()].some(
      ({ first, count, resolve }) => !resolve && index >= first && index < first + count,
    );
  /** Asks for the lines of the view that are not here yet. */
  const fill = (): void => {
    const views = [...pending.values()].filter(({ resolve }) => !resolve).length;
    if (views >= MOST_PENDING || arriving) return;
    const end = Math.min(head.lines, view.first + view.count);
    let first = view.first;
    while (first < end && (cache.has(first) || isPending(first))) first += 1;
    let last = end - 1;
    while (last > first && (cache.has(last) || isPending(last))) last -= 1;
    if (first < end) request({ first, count: Math.min(last - first + 1, PAGE_LIMIT) });
  };

  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    version: () => version,
    head: () => head,
    line: (index) => cache.get(index),
    show(first, count, following) {
      view = { first, count, following };
      fill();
    },
    drawn() {
      if (!unacknowledged) return;
      unacknowledged = false;
      connection.send({ type: 'ack' });
    },
    async read(first, count) {
      const lines: LogLine[] = [];
      while (lines.length < count) {
        const page = await new Promise<LogLine[]>((resolve) => {
          const from = first + lines.length;
          request({ first: from, count: Math.min(PAGE_LIMIT, count - lines.length), resolve });
        });
        if (page.length === 0) break;
        lines.push(...page);
      }
      return lines;
    },
    close() {
      connection.close();
      listeners.clear();
      for (const { resolve } of pending.values()) resolve?.([]);
      pending.clear();
    },
  };
}
