import { useDragAndDrop, type ItemDropTarget } from 'react-aria-components';
import { moveRuns } from '../../commands/queue-actions.ts';
import { chosenWaiting, dragWaiting, useQueueSelection } from '../../stores/queue-selection.ts';
import type { Run } from '../../../shared/domain/run.ts';
import type { LoadedQueue } from './use-queue-view.ts';
import type { Lanes } from './waiting-places.ts';
import { targetOf, type Known } from './waiting-rows.ts';

/** The runs that are dragged: all selected ones, or one that is not. */
function runsOf(keys: ReadonlySet<string>, known: Known): Run[] {
  const { chosen } = useQueueSelection.getState();
  if ([...keys].every((key) => chosen.has(key))) {
    return chosenWaiting().filter(({ id }) => keys.has(id));
  }
  return [...known.values()].map(({ run }) => run).filter(({ id }) => keys.has(id));
}

const idsOf = (keys: Iterable<string | number>): Set<string> => new Set([...keys].map(String));

/** Drag and drop, with mouse or keyboard, of runs that wait to other places of their list. */
export function useReordering(lanes: Lanes, known: Known, loaded: LoadedQueue) {
  const move = async (keys: ReadonlySet<string>, { key, dropPosition }: ItemDropTarget) => {
    const side = dropPosition === 'before' ? 'before' : 'after';
    const target = targetOf(lanes, known, { key: String(key), side }, keys);
    if (!target) return;
    loaded.reorder(keys, target);
    const { before, priority } = target;
    await moveRuns(runsOf(keys, known), before === null ? { priority, before } : { before });
    loaded.reload();
  };
  return useDragAndDrop({
    // Nothing for other programs, nor for the text fields of the window.
    getItems: (keys) => [...keys].map((key) => ({ 'slipway-run': String(key) })),
    onDragStart: ({ keys }) => dragWaiting(runsOf(idsOf(keys), known)),
    onDragEnd: () => dragWaiting([]),
    getAllowedDropOperations: () => ['move'],
    onReorder: ({ keys, target }) => void move(idsOf(keys), target),
  });
}
