import { useCallback, useEffect, useRef, useState } from 'react';
import type { Changes } from '../../../shared/contract/events.ts';
import type { QueueEntry, QueueView } from '../../../shared/domain/queue.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import { call, getBridge } from '../../bridge/client.ts';

/** Changes come in bursts, ms. */
const CALM_MS = 120;
/** What a run waits for may change with nothing written: memory is free again, a time has come. */
const AGAIN_MS = 3000;

export interface LoadedQueue {
  view: QueueView | null;
  error: ErrorData | null;
  reload: () => void;
  /** Shows another order at once; what comes from the database replaces it. */
  reorder: (waiting: readonly QueueEntry[]) => void;
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The newer view, with what did not change as it was: only rows that changed are drawn again. */
function keepSame(have: QueueView | null, next: QueueView): QueueView {
  if (!have) return next;
  if (isSame(have, next)) return have;
  const known = new Map(have.waiting.map((entry) => [entry.run.id, entry]));
  const waiting = next.waiting.map((entry) => {
    const before = known.get(entry.run.id);
    return before && isSame(before, entry) ? before : entry;
  });
  return { ...next, waiting };
}

const concerns = ({ queues, runs, removed }: Changes, queueId: string): boolean =>
  queues.some(({ id }) => id === queueId) ||
  runs.some(({ queue }) => queue?.id === queueId) ||
  removed.queues.includes(queueId);

/** A queue with what is in it, read again whenever it may have changed. */
export function useQueueView(queueId: string, limit: number): LoadedQueue {
  const [view, setView] = useState<QueueView | null>(null);
  const [error, setError] = useState<ErrorData | null>(null);
  const asked = useRef(0);
  const load = useCallback(async (): Promise<void> => {
    const mine = ++asked.current;
    const result = await call('getQueue', { queueId, limit });
    // Only the newest answer counts: an older one may be of before a move.
    if (mine !== asked.current) return;
    setError(result.ok ? null : result.error);
    if (result.ok) setView((have) => keepSame(have, result.value));
  }, [queueId, limit]);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void load();
      }, CALM_MS);
    };
    void load();
    const stop = getBridge().on('changes', (changes) => concerns(changes, queueId) && soon());
    return () => {
      stop();
      clearTimeout(timer);
      asked.current += 1;
    };
  }, [load, queueId]);

  const waits = (view?.waiting.length ?? 0) > 0;
  useEffect(() => {
    if (!waits) return undefined;
    const timer = setInterval(() => document.hidden || void load(), AGAIN_MS);
    return () => clearInterval(timer);
  }, [waits, load]);

  const reorder = useCallback((waiting: readonly QueueEntry[]): void => {
    asked.current += 1;
    setView((have) => have && { ...have, waiting: [...waiting] });
  }, []);
  return { view, error, reload: useCallback(() => void load(), [load]), reorder };
}
