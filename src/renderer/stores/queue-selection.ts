import { create } from 'zustand';
import type { QueueEntry } from '../../shared/domain/queue.ts';
import type { Run } from '../../shared/domain/run.ts';

/** What is asked about runs that wait, or about a queue, in a dialog. */
export type QueueAsking =
  { kind: 'new' } | { kind: 'edit'; queueId: string } | { kind: 'time' | 'move'; runs: Run[] };

interface QueueSelection {
  /** The runs that wait in the queue on the screen, in order; none while no queue is on the screen. */
  entries: readonly QueueEntry[];
  /** Ids of the selected ones. */
  chosen: ReadonlySet<string>;
  /** Ids of those that are being dragged with the mouse. */
  dragged: readonly string[];
  asking: QueueAsking | null;
}

export const NO_WAITING: QueueSelection = {
  entries: [],
  chosen: new Set(),
  dragged: [],
  asking: null,
};

export const useQueueSelection = create<QueueSelection>(() => NO_WAITING);

export const showWaiting = (entries: readonly QueueEntry[]): void =>
  useQueueSelection.setState(({ chosen }) => {
    const left = entries.filter(({ run }) => chosen.has(run.id)).map(({ run }) => run.id);
    return { entries, ...(left.length < chosen.size && { chosen: new Set(left) }) };
  });

export const chooseWaiting = (ids: Iterable<string>): void =>
  useQueueSelection.setState({ chosen: new Set(ids) });

export const clearWaiting = (): void => chooseWaiting([]);

export const dragWaiting = (dragged: readonly string[]): void =>
  useQueueSelection.setState({ dragged });

export const askAboutQueue = (asking: QueueAsking | null): void =>
  useQueueSelection.setState({ asking });

/** The selected ones of the runs that wait, in their order. */
export function chosenWaiting(): Run[] {
  const { entries, chosen } = useQueueSelection.getState();
  return entries.filter(({ run }) => chosen.has(run.id)).map(({ run }) => run);
}
