import { useCallback, useEffect, useRef, useState } from 'react';
import type { Changes } from '../../../shared/contract/events.ts';
import type { QueueView } from '../../../shared/domain/queue.ts';
import type { Run } from '../../../shared/domain/run.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import { getBridge } from '../../bridge/client.ts';
import { unchooseWaiting } from '../../stores/queue-selection.ts';
import { QueueReader } from './queue-reader.ts';
import { afterMove, type Target } from './waiting-rows.ts';

/** Changes come in bursts, ms. */
const CALM_MS = 120;
/** What a run waits for may change with nothing written: memory is free again, a time has come. */
const AGAIN_MS = 3000;

export interface LoadedQueue {
  view: QueueView | null;
  error: ErrorData | null;
  reload: () => void;
  /** Reads those that wait from one place to before another, unless they are there already. */
  need: (from: number, to: number) => void;
  /** Shows another order at once, as far as it is known; what comes from the database replaces it. */
  reorder: (moved: ReadonlySet<string>, target: Target) => void;
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The newer view, with what did not change as it was: only rows that changed are drawn again. */
function keepSame(have: QueueView | null, next: QueueView): QueueView {
  if (!have) return next;
  const known = new Map(have.waiting.map((entry) => [entry.run.id, entry]));
  const waiting = next.waiting.map((entry) => {
    const before = known.get(entry.run.id);
    return before && isSame(before, entry) ? before : entry;
  });
  const isAsItWas =
    waiting.length === have.waiting.length &&
    waiting.every((entry, at) => entry === have.waiting[at]) &&
    isSame({ ...have, waiting: [] }, { ...next, waiting: [] });
  return isAsItWas ? have : { ...next, waiting };
}

const waitsIn = ({ state, queue }: Run, queueId: string): boolean =>
  state === 'queued' && queue?.id === queueId;

const concerns = ({ queues, runs, removed }: Changes, queueId: string): boolean =>
  queues.some(({ id }) => id === queueId) ||
  runs.some(({ queue }) => queue?.id === queueId) ||
  removed.queues.includes(queueId);

/** The part of a view that a move changes, where all of it is known; otherwise as it was. */
function reordered(view: QueueView, moved: ReadonlySet<string>, target: Target): QueueView {
  const { waiting, queue } = view;
  const ids = new Set(waiting.map(({ run }) => run.id));
  const knows = (id: string | null) => (id ? ids.has(id) : waiting.length === queue.waiting);
  if (!knows(target.before) || [...moved].some((id) => !ids.has(id))) return view;
  const waitingOf = { ...view.waitingOf };
  for (const { run } of waiting.filter((entry) => moved.has(entry.run.id))) {
    waitingOf[run.priority] -= 1;
    waitingOf[target.priority] += 1;
  }
  return { ...view, waitingOf, waiting: afterMove(waiting, moved, target) };
}

/** A queue with what is in it and looked at, read again whenever it may have changed. */
export function useQueueView(queueId: string): LoadedQueue {
  const [view, setView] = useState<QueueView | null>(null);
  const [error, setError] = useState<ErrorData | null>(null);
  const reader = useRef<QueueReader>(null);
  useEffect(() => {
    const mine = new QueueReader(queueId, (result) => {
      setError(result.ok ? null : result.error);
      if (result.ok) setView((have) => keepSame(have, result.value));
    });
    reader.current = mine;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined;
        mine.read();
      }, CALM_MS);
    };
    mine.read();
    const stop = getBridge().on('changes', (changes) => {
      unchooseWaiting(changes.runs.filter((run) => !waitsIn(run, queueId)).map(({ id }) => id));
      if (concerns(changes, queueId)) soon();
    });
    return () => {
      stop();
      clearTimeout(timer);
      mine.end();
    };
  }, [queueId]);

  const waits = (view?.waiting.length ?? 0) > 0;
  useEffect(() => {
    if (!waits) return undefined;
    const timer = setInterval(() => document.hidden || reader.current?.read(), AGAIN_MS);
    return () => clearInterval(timer);
  }, [waits]);

  const reorder = useCallback((moved: ReadonlySet<string>, target: Target): void => {
    reader.current?.forget();
    setView((have) => have && reordered(have, moved, target));
  }, []);
  return {
    ...{ view, error, reorder },
    reload: useCallback(() => reader.current?.read(), []),
    need: useCallback((from: number, to: number) => reader.current?.need(from, to), []),
  };
}
