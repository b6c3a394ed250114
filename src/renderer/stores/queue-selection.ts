import { create } from 'zustand';
import type { QueueEntry, QueueView } from '../../shared/domain/queue.ts';
import type { Run } from '../../shared/domain/run.ts';

/** What is asked about runs that wait, or about a queue, in a dialog. */
export type QueueAsking =
  { kind: 'new' } | { kind: 'edit'; queueId: string } | { kind: 'time' | 'move'; runs: Run[] };

interface QueueSelection {
  /** How many wait in the queue on the screen, of each priority; null while none is on the screen. */
  waitingOf: QueueView['waitingOf'] | null;
  /** The selected ones, by their ids: also those that are far from what is in sight. */
  chosen: ReadonlyMap<string, QueueEntry>;
  /** Those that are being dragged with the mouse. */
  dragged: readonly Run[];
  asking: QueueAsking | null;
}

export const NO_WAITING: QueueSelection = {
  waitingOf: null,
  chosen: new Map(),
  dragged: [],
  asking: null,
};

export const useQueueSelection = create<QueueSelection>(() => NO_WAITING);

/** What was read of a queue: the selected ones are as they are there. */
export const showWaiting = ({ waiting, waitingOf }: QueueView): void =>
  useQueueSelection.setState(({ chosen }) => {
    const newer = waiting.filter(
      (entry) => chosen.has(entry.run.id) && chosen.get(entry.run.id) !== entry,
    );
    return {
      waitingOf,
      ...(newer.length > 0 && {
        chosen: new Map([...chosen, ...newer.map((entry) => [entry.run.id, entry] as const)]),
      }),
    };
  });

export const chooseWaiting = (entries: Iterable<QueueEntry>): void =>
  useQueueSelection.setState({
    chosen: new Map([...entries].map((entry) => [entry.run.id, entry])),
  });

/** Runs that do not wait in the queue on the screen any more. */
export const unchooseWaiting = (ids: readonly string[]): void =>
  useQueueSelection.setState((state) => {
    if (!ids.some((id) => state.chosen.has(id))) return state;
    const gone = new Set(ids);
    return { chosen: new Map([...state.chosen].filter(([id]) => !gone.has(id))) };
  });

export const clearWaiting = (): void => chooseWaiting([]);

/** No queue is on the screen any more. */
export const leaveWaiting = (): void =>
  useQueueSelection.setState({ waitingOf: null, chosen: new Map() });

export const dragWaiting = (dragged: readonly Run[]): void =>
  useQueueSelection.setState({ dragged });

export const askAboutQueue = (asking: QueueAsking | null): void =>
  useQueueSelection.setState({ asking });

/** The selected ones of the runs that wait, in their order. */
export const chosenWaiting = (): Run[] =>
  [...useQueueSelection.getState().chosen.values()]
    .toSorted((a, b) => a.position - b.position)
    .map(({ run }) => run);
